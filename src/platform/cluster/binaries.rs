//! Which PostgreSQL: the version that wrote the data, else the newest.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::{At, ClusterError};
use super::place::{self, Place};

/// Views with `security_invoker` came with 15.
pub(super) const OLDEST: u32 = 15;
const PROGRAMS: [&str; 3] = ["initdb", "pg_ctl", "postgres"];
/// Where packages put the server's programs outside PATH: folder, start of a name in it, what follows that name.
const PACKAGED: [(&str, &str, &str); 5] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"),
];

/// A folder with the server's programs, all of one version.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    pub(super) fn find(place: &Place) -> Result<Self, ClusterError> {
        let written_by = if place.has_cluster()? {
            let file = place.data().join("PG_VERSION");
            Some(fs::read_to_string(&file).at(&file)?.trim().to_owned())
        } else {
            None
        };
        let all = folders().into_iter().filter_map(|folder| Self::in_folder(place, folder)).collect();
        choose(all, written_by, &place.data())
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// None also if the user that will run the server may not run it.
    fn in_folder(place: &Place, folder: PathBuf) -> Option<Self> {
        let mut ask = place.command(folder.join("postgres"));
        ask.arg("--version");
        let major = major_of(&place::run(ask).ok()?)?;
        Some(Self { folder, major })
    }
}

fn choose(mut all: Vec<Binaries>, written_by: Option<String>, data: &Path) -> Result<Binaries, ClusterError> {
    let found: BTreeSet<u32> = all.iter().map(|b| b.major).collect();
    let found = found.into_iter().collect();
    all.retain(|b| match &written_by {
        Some(version) => *version == b.major.to_string(),
        None => b.major >= OLDEST,
    });
    match (all.into_iter().max_by_key(|b| b.major), written_by) {
        (Some(best), _) => Ok(best),
        (None, Some(needed)) => Err(ClusterError::OtherVersion { data: data.into(), needed, found }),
        (None, None) => Err(ClusterError::NoBinaries { found }),
    }
}

/// Every folder that holds all three programs, links followed, each once.
fn folders() -> BTreeSet<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut all: Vec<PathBuf> = std::env::split_paths(&path).collect();
    for (parent, start, rest) in PACKAGED {
        let inside = fs::read_dir(parent).into_iter().flatten().flatten();
        let named = inside.filter(|e| e.file_name().to_string_lossy().starts_with(start));
        all.extend(named.map(|e| e.path().join(rest)));
    }
    all.iter().filter_map(|folder| complete(folder)).collect()
}

fn complete(folder: &Path) -> Option<PathBuf> {
    let real = fs::canonicalize(folder.join("initdb")).ok()?;
    let real = real.parent()?;
    PROGRAMS.iter().all(|p| real.join(p).is_file()).then(|| real.to_path_buf())
}

/// 15 of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`, 18 of `… 18beta1`.
fn major_of(said: &str) -> Option<u32> {
    let version = said.split_whitespace().nth(2)?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(major: u32) -> Binaries {
        Binaries { folder: format!("/pg/{major}").into(), major }
    }

    #[test]
    fn a_version_is_read_from_what_postgres_says() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_of("postgres (PostgreSQL) devel"), None);
    }

    #[test]
    fn new_data_takes_the_newest_programs() {
        let chosen = choose(vec![of(15), of(18), of(17)], None, Path::new("/d"));
        assert_eq!(chosen.unwrap(), of(18));
    }

    #[test]
    fn written_data_takes_the_version_that_wrote_it() {
        let chosen = choose(vec![of(15), of(18)], Some("15".into()), Path::new("/d"));
        assert_eq!(chosen.unwrap(), of(15));
        let none = choose(vec![of(15), of(18)], Some("16".into()), Path::new("/d")).unwrap_err();
        assert!(none.to_string().contains("written by PostgreSQL 16"), "{none}");
        assert!(none.to_string().contains("Found: 15, 18."), "{none}");
    }

    #[test]
    fn without_programs_the_packages_and_database_url_are_named() {
        let none = choose(vec![of(14)], None, Path::new("/d")).unwrap_err();
        for said in [none.to_string(), none.vi()] {
            for name in ["`postgresql`", "`postgresql-server`", "`postgresql@17`", "DATABASE_URL", "14"] {
                assert!(said.contains(name), "{name} in {said}");
            }
        }
    }
}
