use std::sync::mpsc::channel;
use std::time::Duration;

use super::{MOST_ABANDONED, NoAnswer, Worker};

const SHORT: Duration = Duration::from_millis(20);
const LONG: Duration = Duration::from_secs(20);

#[test]
fn calls_keep_their_order_and_their_state() {
    let worker = Worker::new(Vec::new, LONG);
    for number in 0..5 {
        worker.call(LONG, move |state: &mut Vec<i32>| state.push(number)).unwrap();
    }
    assert_eq!(worker.call(LONG, |state| state.clone()), Ok(vec![0, 1, 2, 3, 4]));
}

#[test]
fn f23_a_call_that_hangs_ends_and_a_later_one_works_when_it_comes_back() {
    let worker = Worker::new(|| 0, LONG);
    let (release, held) = channel::<()>();
    let hung = worker.call(SHORT, move |_| held.recv().is_ok());
    assert_eq!(hung, Err(NoAnswer));
    release.send(()).unwrap();
    assert_eq!(worker.call(LONG, |state: &mut i32| *state), Ok(0));
}

#[test]
fn f23_a_thread_that_stays_silent_is_replaced() {
    let worker = Worker::new(|| 0, SHORT);
    let (_release, held) = channel::<()>();
    assert_eq!(worker.call(SHORT, move |_| held.recv().is_ok()), Err(NoAnswer));
    assert_eq!(worker.call(LONG, |state: &mut i32| *state + 1), Ok(1));
}

#[test]
fn f23_threads_are_not_abandoned_without_end() {
    let worker = Worker::new(|| 0, Duration::from_millis(1));
    let mut releases = Vec::new();
    for _ in 0..=MOST_ABANDONED {
        let (release, held) = channel::<()>();
        releases.push(release);
        let hung = worker.call(Duration::from_millis(2), move |_: &mut i32| held.recv().is_ok());
        assert_eq!(hung, Err(NoAnswer));
    }
    assert_eq!(worker.call(LONG, |state: &mut i32| *state), Err(NoAnswer));
}

#[test]
fn f25_a_thread_that_dies_is_replaced() {
    let worker = Worker::new(|| 7, LONG);
    let died = worker.call(LONG, |_: &mut i32| -> i32 { panic!("the daemon crashed") });
    assert_eq!(died, Err(NoAnswer));
    assert_eq!(worker.call(LONG, |state: &mut i32| *state), Ok(7));
}
