const MINUTE = 60_000;

/**
 * The instant that the window shows, moved at each full minute. It follows the core's clock: the difference to
 * this computer's is taken over from each snapshot.
 */
export class Clock {
  now = $state(Date.now());
  #offset = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes over the core's time (RFC 3339). */
  align(now: string): void {
    const instant = Date.parse(now);
    if (Number.isNaN(instant)) return;
    this.#offset = instant - Date.now();
    this.now = instant;
  }

  /** Ticks at full minutes until the returned function is called. */
  run(): () => void {
    const tick = () => {
      // `this.now` is only written here: an effect that runs the clock must not depend on it, or it starts anew
      // at each tick, and each start is a tick.
      const now = Date.now() + this.#offset;
      this.now = now;
      this.#timer = setTimeout(tick, MINUTE - (now % MINUTE));
    };
    tick();
    return () => clearTimeout(this.#timer);
  }
}
