//! HTTP in and out, a file for each page.
