//! An upload becomes clean text and a reading view, or a clear refusal. Parsers run in a child process only.
