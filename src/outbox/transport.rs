//! Where letters go: an SMTP server by configuration, else a folder that `phach letters` shows.
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::letter::{Letter, Words};

pub enum Transport {
    Smtp { from: Mailbox, smtp: Box<AsyncSmtpTransport<Tokio1Executor>> },
    Folder { from: Mailbox, folder: PathBuf },
}

/// Why a letter was not sent, and whether trying again can help.
pub struct NotSent {
    pub why: String,
    pub for_good: bool,
}

impl Transport {
    /// Errors: an SMTP address that cannot be used, a folder that cannot be made.
    pub fn open(smtp_url: Option<&str>, from: Mailbox, data: &Path) -> Result<Transport, String> {
        if let Some(url) = smtp_url {
            let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|e| format!("PHACH_SMTP_URL: {e}"))?;
            return Ok(Transport::Smtp { from, smtp: Box::new(builder.timeout(Some(Duration::from_secs(20))).build()) });
        }
        let folder = data.join("letters");
        std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
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
                Err(e) => Err(NotSent { for_good: e.is_permanent(), why: e.to_string().chars().take(300).collect() }),
            },
            Transport::Folder { folder, .. } => write_letter(folder, letter, words, &message).await.map_err(|e| NotSent { why: e.to_string(), for_good: false }),
        }
    }
}

/// Two files a letter: the message as it would be sent, and its plain text for `phach letters`. UUIDs make the name
/// unique; the time in front sorts it.
async fn write_letter(folder: &Path, letter: &Letter, words: &Words, message: &Message) -> std::io::Result<()> {
    let stamp = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_millis());
    let name = format!("{stamp:013}-{}", letter.id);
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
