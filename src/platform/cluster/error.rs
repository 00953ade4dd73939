//! Why there is no server, as a sentence for whoever typed the command: English by `Display`, Vietnamese by `vi`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Each names what to do, or what stood in the way.
#[derive(Debug, Error)]
pub enum ClusterError {
    #[error(
        "Phách is already running on the folder {}. Stop that one first, or give this one its own folder (PHACH_DATA).",
        folder.display()
    )]
    InUse { folder: PathBuf },
    #[error(
        "No PostgreSQL server programs (initdb, pg_ctl, postgres; version {} or newer) were found. Install the package \
         `postgresql` (Debian, Ubuntu), `postgresql-server` (Fedora), `postgresql` (Arch) or `postgresql@17` \
         (Homebrew), or set DATABASE_URL to a server of yours.{}",
        super::binaries::OLDEST,
        found_en(found)
    )]
    NoBinaries { found: Vec<u32> },
    #[error(
        "The data in {} was written by PostgreSQL {needed}, whose server programs are not here.{} Install version \
         {needed}; Phách does not upgrade data by itself.", data.display(), found_en(found)
    )]
    OtherVersion { data: PathBuf, needed: String, found: Vec<u32> },
    #[error(
        "PostgreSQL will run as the user {user}, who may not pass through the folder {}. Choose another data folder \
         (PHACH_DATA, for example /var/lib/phach), or allow passing: chmod o+x {}", folder.display(), folder.display()
    )]
    NotPassable { folder: PathBuf, user: String },
    #[error(
        "PostgreSQL refuses to run as root, and /etc/passwd has neither `postgres` nor `nobody` to run it as. Create a \
         user `postgres`, or start Phách as an ordinary user."
    )]
    NoServiceUser,
    #[error(
        "The path {} is {} bytes long; a unix socket's may have at most {}. Choose a data folder with a shorter path \
         (PHACH_DATA).", socket.display(), socket.as_os_str().len(), super::place::LONGEST_SOCKET
    )]
    PathTooLong { socket: PathBuf },
    #[error(
        "The folder name {} cannot be used for PostgreSQL: no quotation marks, commas (clients read a list), $, `, \\ or control characters, and \
         valid UTF-8, please.", folder.display()
    )]
    UnusableName { folder: PathBuf },
    #[error("{} is not empty and no PostgreSQL data either. Move it away, or choose another data folder.", folder.display())]
    NotACluster { folder: PathBuf },
    #[error("PostgreSQL in {} is neither ready nor gone; processes {pids:?} still work there. Try again in a minute.", folder.display())]
    StillBusy { folder: PathBuf, pids: Vec<u32> },
    #[error("PostgreSQL started and ended at once. Its log is {}.", log.display())]
    Vanished { log: PathBuf },
    #[error("`{program}` failed: {said}")]
    Failed { program: String, said: String },
    #[error("{}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
}

impl ClusterError {
    /// The same sentence in Vietnamese.
    pub fn vi(&self) -> String {
        match self {
            Self::InUse { folder } => format!("Phách đang chạy trên thư mục {}. Hãy dừng bản đó trước, hoặc cho bản này một thư mục riêng (PHACH_DATA).", folder.display()),
            Self::NoBinaries { found } => format!(
                "Không tìm thấy chương trình máy chủ PostgreSQL (initdb, pg_ctl, postgres; từ phiên bản {}). Hãy cài gói \
                 `postgresql` (Debian, Ubuntu), `postgresql-server` (Fedora), `postgresql` (Arch) hoặc `postgresql@17` \
                 (Homebrew), hoặc đặt DATABASE_URL trỏ tới máy chủ sẵn có.{}",
                super::binaries::OLDEST,
                found_vi(found)
            ),
            Self::OtherVersion { data, needed, found } => format!(
                "Dữ liệu trong {} do PostgreSQL {needed} ghi, nhưng máy này không có chương trình của phiên bản đó.{} Hãy \
                 cài phiên bản {needed}; Phách không tự nâng cấp dữ liệu.",
                data.display(),
                found_vi(found)
            ),
            Self::NotPassable { folder, user } => format!(
                "PostgreSQL chạy bằng người dùng {user}, mà người dùng này không được đi qua thư mục {}. Hãy chọn thư \
                 mục dữ liệu khác (PHACH_DATA, ví dụ /var/lib/phach), hoặc cho phép đi qua: chmod o+x {}",
                folder.display(),
                folder.display()
            ),
            Self::NoServiceUser => "PostgreSQL không chạy bằng root, mà /etc/passwd không có `postgres` lẫn `nobody`. Hãy \
                 tạo người dùng `postgres`, hoặc chạy Phách bằng người dùng thường."
                .to_owned(),
            other => other.vi_of_the_rest(),
        }
    }

    fn vi_of_the_rest(&self) -> String {
        match self {
            Self::PathTooLong { socket } => format!(
                "Đường dẫn {} dài {} byte; đường dẫn của unix socket chỉ được tối đa {}. Hãy chọn thư mục dữ liệu có \
                 đường dẫn ngắn hơn (PHACH_DATA).",
                socket.display(),
                socket.as_os_str().len(),
                super::place::LONGEST_SOCKET
            ),
            Self::UnusableName { folder } => format!(
                "Không thể dùng tên thư mục {} cho PostgreSQL: không được có dấu nháy, dấu phẩy, $, `, \\ hay ký tự điều khiển, và \
                 phải là UTF-8 hợp lệ.",
                folder.display()
            ),
            Self::NotACluster { folder } => format!("{} không rỗng mà cũng không phải dữ liệu PostgreSQL. Hãy dời nó đi, hoặc chọn thư mục dữ liệu khác.", folder.display()),
            Self::StillBusy { folder, pids } => format!(
                "PostgreSQL trong {} chưa sẵn sàng mà cũng chưa dừng; các tiến trình {pids:?} vẫn đang làm việc ở đó. \
                 Hãy thử lại sau một phút.",
                folder.display()
            ),
            Self::Vanished { log } => {
                format!("PostgreSQL vừa chạy đã dừng. Nhật ký của nó: {}.", log.display())
            }
            Self::Failed { program, said } => format!("Lệnh `{program}` thất bại: {said}"),
            other => format!("Lỗi khi dùng tệp: {other}"),
        }
    }

    /// Adds the last lines of the server's log to a failed start: pg_ctl itself only says "examine the log output".
    pub(super) fn with_end_of(self, log: PathBuf) -> Self {
        match self {
            Self::Failed { program, said } => {
                let text = fs::read(&log).unwrap_or_default();
                let text = String::from_utf8_lossy(&text);
                let lines: Vec<&str> = text.lines().collect();
                let end = lines.get(lines.len().saturating_sub(8)..).unwrap_or_default().join("\n");
                Self::Failed { program, said: format!("{said}\n{}:\n{end}", log.display()) }
            }
            other => other,
        }
    }
}

fn found_en(found: &[u32]) -> String {
    if found.is_empty() { String::new() } else { format!(" Found: {}.", listed(found)) }
}

fn found_vi(found: &[u32]) -> String {
    if found.is_empty() { String::new() } else { format!(" Tìm thấy: {}.", listed(found)) }
}

fn listed(found: &[u32]) -> String {
    found.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}

/// Names the path in an I/O error: std does not.
pub(super) trait At<T> {
    fn at(self, path: impl AsRef<Path>) -> Result<T, ClusterError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: impl AsRef<Path>) -> Result<T, ClusterError> {
        self.map_err(|source| ClusterError::Io { path: path.as_ref().to_path_buf(), source })
    }
}
