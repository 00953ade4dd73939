//! The chain itself: SHA-256 of the previous link and the event's canonical text. Pure.
use sha2::{Digest, Sha256};

/// Before the first event: 32 zero bytes.
pub const GENESIS: [u8; 32] = [0; 32];

/// An event as the database prints its canonical text (`store::CANONICAL`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: i64,
    pub canonical: String,
}

/// One link: where it stands and the hash up to and including its event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub position: i64,
    pub event: i64,
    pub hash: [u8; 32],
}

/// The links of a batch of events, after the last one.
pub fn extend(last: Option<&Link>, events: &[Event]) -> Vec<Link> {
    let (mut position, mut hash) = last.map_or((0, GENESIS), |l| (l.position, l.hash));
    let link = |e: &Event| {
        position += 1;
        hash = Sha256::new().chain_update(hash).chain_update(e.canonical.as_bytes()).finalize().into();
        Link { position, event: e.id, hash }
    };
    events.iter().map(link).collect()
}

/// The position of the first link that does not follow from its event and the one before; None: the chain holds.
pub fn first_break(linked: &[(Link, Event)]) -> Option<i64> {
    first_break_after(None, linked)
}
/// The same of a part of the chain, behind a link that holds.
pub fn first_break_after(last: Option<&Link>, linked: &[(Link, Event)]) -> Option<i64> {
    let mut last: Option<Link> = last.cloned();
    for (link, event) in linked {
        let expected = extend(last.as_ref(), std::slice::from_ref(event));
        if expected.first() != Some(link) {
            return Some(link.position);
        }
        last = Some(link.clone());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain_of(n: i64) -> Vec<(Link, Event)> {
        let events: Vec<_> = (1..=n).map(|id| Event { id, canonical: format!("event {id}") }).collect();
        extend(None, &events).into_iter().zip(events).collect()
    }

    #[test]
    fn a_chain_made_in_two_batches_is_the_chain_made_in_one() {
        let whole = chain_of(5);
        let events: Vec<_> = whole.iter().map(|(_, e)| e.clone()).collect();
        let first = extend(None, &events[..2]);
        let rest = extend(first.last(), &events[2..]);
        assert_eq!(whole.iter().map(|(l, _)| l.clone()).collect::<Vec<_>>(), [first, rest].concat());
    }
    #[test]
    fn a_changed_a_swapped_and_a_dropped_event_are_each_seen() {
        let good = chain_of(4);
        assert_eq!(first_break(&good), None);
        let mut changed = good.clone();
        changed[1].1.canonical.push('x');
        assert_eq!(first_break(&changed), Some(2));
        let mut swapped = good.clone();
        swapped.swap(1, 2);
        assert!(first_break(&swapped).is_some());
        let mut dropped = good;
        dropped.remove(0);
        assert!(first_break(&dropped).is_some());
    }
}
