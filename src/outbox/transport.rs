//! Where letters go: an SMTP server by configuration, else a folder that `phach letters` shows.
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::letter::{Letter, Words};
use crate::platform::storage::make_private;

pub enum Transport {
    Smtp { from: Mailbox, smtp: Box<AsyncSmtpTransport<Tokio1Executor>> },
    Folder { from: Mailbox, folder: PathBuf },
}

/// Why a letter was not sent. `why` may quote the address: it is kept beside the letter and never logged.
pub struct NotSent {
    pub why: String,
    /// The address itself was refused.
    pub for_good: bool,
    /// The mail server did not answer at all: the others of this turn need not be tried.
    pub unreachable: bool,
}

/// Replies that are about the recipient (RFC 5321); a refused sign-in or a policy is somebody's to mend.
const ABOUT_THE_RECIPIENT: [u16; 3] = [550, 551, 553];

impl Transport {
    /// Errors: an SMTP address that cannot be used, a folder that cannot be made.
    pub fn open(smtp_url: Option<&str>, from: Mailbox, data: &Path) -> Result<Transport, String> {
        if let Some(url) = smtp_url {
            let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|e| format!("PHACH_SMTP_URL: {e}: write smtps://user:password@host or smtp://host:25"))?;
            return Ok(Transport::Smtp { from, smtp: Box::new(builder.timeout(Some(Duration::from_secs(20))).build()) });
        }
        let folder = data.join("letters");
        make_private(&folder)?;
        Ok(Transport::Folder { from, folder })
    }
    pub fn from(&self) -> &Mailbox {
        match self {
            Transport::Smtp { from, .. } | Transport::Folder { from, .. } => from,
        }
    }
    pub async fn send(&self, letter: &Letter, words: &Words, message: Message) -> Result<(), NotSent> {
        match self {
            Transport::Smtp { smtp, .. } => match smtp.send(message).await {
                Ok(_) => Ok(()),
                Err(e) => {
                    let code = e.status().map(u16::from);
                    let for_good = code.is_some_and(|c| ABOUT_THE_RECIPIENT.contains(&c));
                    Err(NotSent { for_good, unreachable: code.is_none() && !e.is_client(), why: e.to_string().chars().take(300).collect() })
                }
            },
            Transport::Folder { folder, .. } => write_letter(folder, letter, words, &message).await.map_err(|e| NotSent { why: e.to_string(), for_good: false, unreachable: true }),
        }
    }
}

impl Transport {
    /// Letters of the folder that are older than `days` go; what a mail server has, it keeps.
    pub fn forget_older_than(&self, days: u64) {
        let Transport::Folder { folder, .. } = self else { return };
        let old = |path: &Path| path.metadata().and_then(|m| m.modified()).ok().and_then(|at| at.elapsed().ok()).is_some_and(|age| age > Duration::from_secs(days * 86_400));
        for file in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|f| f.path()).filter(|p| old(p)) {
            let _ = std::fs::remove_file(file); // the next turn tries again
        }
    }
}

/// Two files a letter: the message as it would be sent, and its plain text for `phach letters`. UUIDs make the name
/// unique; in front stands the order of writing.
async fn write_letter(folder: &Path, letter: &Letter, words: &Words, message: &Message) -> std::io::Result<()> {
    let name = format!("{}-{}", letter.order, letter.id);
    tokio::fs::write(folder.join(format!("{name}.eml")), message.formatted()).await?;
    tokio::fs::write(folder.join(format!("{name}.txt")), format!("To: {}\nSubject: {}\n\n{}", letter.to, words.subject, words.text)).await
}

/// `phach letters`: the newest letters of the folder, oldest of them first.
pub fn print_folder(data: &Path, last: usize) -> Result<String, String> {
    let folder = data.join("letters");
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map_err(|e| format!("{}: {e}. Letters go to this folder while PHACH_SMTP_URL is not set.", folder.display()))?
        .filter_map(|f| Some(f.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    names.sort();
    let newest = names.split_off(names.len().saturating_sub(last));
    let mut out = String::new();
    for path in newest {
        out.push_str(&std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?);
        out.push_str("\n————————————————————————————————\n");
    }
    Ok(if out.is_empty() { "No letter yet.".into() } else { out })
}
