//! What is typed on the judge's pages.
