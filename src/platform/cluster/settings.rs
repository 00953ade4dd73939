//! The server's settings: a file of ours, written at every start, included last by `postgresql.conf`.
//!
//! No statement, parameter or DETAIL line ("Key (email)=(…) already exists") reaches the log: they hold personal data.

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use super::Options;
use super::error::{At, ClusterError};
use super::place::{self, Place};

/// True if the file says something else than before.
pub(super) fn write(place: &Place, options: Options) -> Result<bool, ClusterError> {
    let (path, text) = (place.settings(), text(place, options));
    let changed = fs::read_to_string(&path).ok().as_ref() != Some(&text);
    if changed {
        let new = path.with_extension("conf.new");
        fs::write(&new, &text).at(&new)?;
        fs::set_permissions(&new, Permissions::from_mode(0o644)).at(&new)?;
        fs::rename(&new, &path).at(&path)?;
    }
    include(place)?;
    Ok(changed)
}

fn text(place: &Place, options: Options) -> String {
    let safe = if options.durable { "on" } else { "off" };
    format!(
        "# Phách writes this file at every start; changes to it are lost.
listen_addresses = ''
port = {port}
unix_socket_directories = '\"{run}\"'
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 128MB
password_encryption = 'scram-sha-256'
fsync = {safe}
synchronous_commit = {safe}
full_page_writes = {safe}
update_process_title = off
jit = off
log_destination = 'stderr'
logging_collector = off
log_statement = 'none'
log_min_duration_statement = -1
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
",
        port = place::PORT,
        run = place.run_text(),
    )
}

/// Appended by the server's user: root follows no link in a folder that is another's.
fn include(place: &Place) -> Result<(), ClusterError> {
    let conf = place.data().join("postgresql.conf");
    let line = format!("include_if_exists = '{}'", place.settings().display());
    let now = fs::read_to_string(&conf).at(&conf)?;
    if now.lines().map(str::trim).rfind(|l| l.starts_with("include")) == Some(line.as_str()) {
        return Ok(());
    }
    let mut append = place.command("/bin/sh");
    append.args(["-c", "cat >> \"$1\"", "sh"]).arg(&conf).stdin(Stdio::piped());
    let mut child = append.spawn().at(&conf)?;
    let wrote = child.stdin.take().map_or(Ok(()), |mut to| write!(to, "\n{line}\n"));
    let status = child.wait().at(&conf)?;
    wrote.at(&conf)?;
    if status.success() {
        return Ok(());
    }
    Err(ClusterError::Failed { program: format!("cat >> {}", conf.display()), said: status.to_string() })
}
