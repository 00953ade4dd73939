//! Journeys of this person; see support for the fixtures.
