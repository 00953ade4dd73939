//! Nouns of the room.
