//! What a new entry takes over from an earlier one. Whoever sends for many types the same school and the same address forty
//! times; whose work it is, and what is declared in a person's name, is never taken over.
use super::asked::TypedAsked;
use super::model::{Beginning, TypedAuthor};
use crate::platform::form::Email;

/// An entry of the sender's own.
pub fn of_sender(name: &str, email: &str) -> Beginning {
    begun(Beginning::default(), TypedAuthor { name: name.to_owned(), email: email.to_owned(), ..TypedAuthor::default() }, &TypedAsked::default())
}

/// An entry of somebody else: nothing is known.
pub fn of_another() -> Beginning {
    begun(Beginning::default(), TypedAuthor::default(), &TypedAsked::default())
}

/// Category, unit, answers and the contact stay. The address is the contact's only where it is the sender's; a phone beside an
/// author's own address is that author's own. Names, years, pen names, guardians and declarations go, with all co-authors.
pub fn copied(from: Beginning, sender_email: &str) -> Beginning {
    let authors: Vec<TypedAuthor> = serde_json::from_value(from.authors.clone()).unwrap_or_default();
    let first = authors.into_iter().next().unwrap_or_default();
    let key = |email: &str| Email::parse(email).map(|e| e.key);
    let senders = key(&first.email).is_some_and(|k| Some(k) == key(sender_email));
    let phone = if senders || first.email.is_empty() { first.phone } else { String::new() };
    let email = if senders { first.email } else { String::new() };
    let asked: TypedAsked = serde_json::from_value(from.asked.clone()).unwrap_or_default();
    let asked = TypedAsked { answers: asked.answers, ..TypedAsked::default() };
    begun(from, TypedAuthor { email, phone, ..TypedAuthor::default() }, &asked)
}

fn begun(of: Beginning, first: TypedAuthor, asked: &TypedAsked) -> Beginning {
    let authors = if first.is_blank() { serde_json::json!([]) } else { serde_json::json!([first]) };
    Beginning { authors, asked: serde_json::json!(asked), ..of }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied_author(email: &str, phone: &str) -> TypedAuthor {
        let first = TypedAuthor {
            name: "Nguyễn Văn An".into(),
            pen: "Bình An".into(),
            year: "2012".into(),
            email: email.into(),
            phone: phone.into(),
            guardian: "Nguyễn Văn Ba".into(),
            guardian_agrees: true,
        };
        let from = Beginning { authors: serde_json::json!([first, { "name": "Trần Thị Hai" }]), ..of_another() };
        let all: Vec<TypedAuthor> = serde_json::from_value(copied(from, "co.lan@example.org").authors).unwrap();
        assert!(all.len() <= 1, "no co-author is taken over");
        all.into_iter().next().unwrap_or_default()
    }

    #[test]
    fn the_senders_address_and_phone_stay_and_nothing_that_says_who_the_author_is() {
        let kept = TypedAuthor { email: "Co.Lan@example.org".into(), phone: "024 3825 1234".into(), ..TypedAuthor::default() };
        assert_eq!(copied_author("Co.Lan@example.org", "024 3825 1234"), kept);
        assert_eq!(copied_author("", "024 3825 1234"), TypedAuthor { email: String::new(), ..kept });
    }
    #[test]
    fn an_authors_own_address_goes_and_the_phone_beside_it() {
        assert_eq!(copied_author("an@example.org", "0912 345 678"), TypedAuthor::default());
    }
    #[test]
    fn answers_stay_and_declarations_are_never_given_in_anothers_name() {
        let from = Beginning { asked: serde_json::json!({ "declared": ["a"], "answers": { "truong": "THCS Bến Sông" } }), ..of_another() };
        let asked: TypedAsked = serde_json::from_value(copied(from, "").asked).unwrap();
        assert!(asked.declared.is_empty() && asked.answer("truong") == "THCS Bến Sông");
    }
}
