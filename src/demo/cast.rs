//! Who takes part: invented names, addresses at example.org.
use std::collections::HashSet;

use uuid::Uuid;

use super::dice::Dice;
use crate::documents::fold;
use crate::platform::db::{SessionHash, Slug, Who};
use crate::platform::form::Email;

const FAMILIES: [&str; 16] = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
const WOMEN: ([&str; 10], [&str; 24]) = (
    ["Thị", "Thị Thu", "Ngọc", "Thị Mai", "Bích", "Thanh", "Thị Kim", "Khánh", "Thị Hồng", "Diệu"],
    [
        "Anh", "Bình", "Châu", "Chi", "Diệp", "Dung", "Giang", "Hà", "Hạnh", "Hiền", "Hoa", "Hương", "Lan", "Linh", "Mai", "My", "Nga", "Ngân", "Nhung", "Phương", "Quyên", "Thảo",
        "Trang", "Yến",
    ],
);
const MEN: ([&str; 10], [&str; 24]) = (
    ["Văn", "Đức", "Minh", "Quốc", "Hữu", "Xuân", "Công", "Đình", "Quang", "Thành"],
    [
        "An", "Bảo", "Cường", "Duy", "Đạt", "Hải", "Hiếu", "Hòa", "Hùng", "Huy", "Khoa", "Kiên", "Lâm", "Long", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Tài", "Thắng",
        "Tuấn", "Vinh",
    ],
);

/// All that can be put together of them.
pub fn every_name() -> Vec<String> {
    let given = |(middles, givens): ([&'static str; 10], [&'static str; 24])| middles.into_iter().flat_map(move |m| givens.into_iter().map(move |g| format!("{m} {g}")));
    FAMILIES.iter().flat_map(|family| given(WOMEN).chain(given(MEN)).map(move |rest| format!("{family} {rest}"))).collect()
}

/// Somebody, with a session for as long as the loading lasts.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub email: Email,
    pub year: i32,
    pub phone: String,
    pub session: Option<SessionHash>,
}

impl Person {
    pub fn new(name: &str, address: &str) -> Result<Person, String> {
        let email = Email::parse(address).ok_or_else(|| format!("{address} is no address"))?;
        Ok(Person { id: Uuid::now_v7(), name: name.to_owned(), email, year: 1985, phone: String::new(), session: None })
    }
    pub fn who(&self, contest: Option<&Slug>) -> Who {
        Who::Visitor { session: self.session, contest: contest.cloned() }
    }
}

/// People whom nobody has met, each at an address of their own.
#[derive(Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    pub fn somebody(&mut self, dice: &mut Dice) -> Result<Person, String> {
        let (middles, givens) = if dice.chance(54) { WOMEN } else { MEN };
        let name = [dice.pick(&FAMILIES), dice.pick(&middles), dice.pick(&givens)].into_iter().flatten().copied().collect::<Vec<_>>().join(" ");
        let folded = fold(&name).replace(' ', ".");
        let tries = std::iter::once(folded.clone()).chain((2..10_000).map(|n| format!("{folded}{n}")));
        let local = tries.into_iter().find(|t| !self.taken.contains(t)).unwrap_or(folded);
        let mut person = Person::new(&name, &format!("{local}@example.org"))?;
        self.taken.insert(local);
        person.year = 1955 + i32::try_from(dice.below(52)).unwrap_or(0);
        if dice.chance(70) {
            person.phone = format!("09{:08}", dice.below(100_000_000));
        }
        Ok(person)
    }
}

/// Those of the sign-in page, and the others who hold a hat in every contest.
pub struct Staff {
    pub clerks: [Person; 2],
    pub chair: Person,
    pub organizers: [Person; 2],
    pub auditor: Person,
    /// The first two stand on the sign-in page.
    pub judges: Vec<Person>,
    pub contestant: Person,
}

impl Staff {
    pub fn gather(judges: usize, names: &mut Names, dice: &mut Dice) -> Result<Staff, String> {
        let mut panel = vec![Person::new("Phan Thị Diệu Hiền", "giam-khao-1@example.org")?, Person::new("Lê Quốc Vinh", "giam-khao-2@example.org")?];
        for n in 3..=judges {
            let named = names.somebody(dice)?;
            panel.push(Person::new(&named.name, &format!("giam-khao-{n}@example.org"))?);
        }
        let mut contestant = Person::new("Hoàng Bảo Ngân", "nguoi-du-thi@example.org")?;
        (contestant.year, contestant.phone) = (1991, "0912345678".into());
        Ok(Staff {
            clerks: [Person::new("Trần Thị Thu", "thu-ky-1@example.org")?, Person::new("Bùi Văn Khoa", "thu-ky-2@example.org")?],
            chair: Person::new("Đặng Hữu Nghĩa", "truong-ban@example.org")?,
            organizers: [Person::new("Nguyễn Bích Hà", "to-chuc-1@example.org")?, Person::new("Đỗ Minh Quân", "to-chuc-2@example.org")?],
            auditor: Person::new("Vũ Khánh Yến", "giam-sat@example.org")?,
            judges: panel,
            contestant,
        })
    }
    pub fn everybody(&mut self) -> Vec<&mut Person> {
        let mut all: Vec<&mut Person> = self.organizers.iter_mut().chain(&mut self.clerks).collect();
        all.extend([&mut self.chair, &mut self.auditor, &mut self.contestant]);
        all.extend(&mut self.judges);
        all
    }
    /// One for each hat, in the order of the sign-in page, and where their work is.
    pub fn listed(&self) -> Vec<(&Person, &'static str)> {
        let [first, second] = &self.organizers;
        let [clerk, _] = &self.clerks;
        let mut list = vec![(&self.contestant, "contestant"), (clerk, "clerk")];
        list.extend(self.judges.iter().take(2).map(|j| (j, "judge")));
        list.extend([(&self.chair, "chair"), (first, "organizer"), (second, "organizer"), (&self.auditor, "auditor")]);
        list
    }
}
