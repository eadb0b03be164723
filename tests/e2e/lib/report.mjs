// Counts what passed and failed.

export class Report {
  passed = 0;
  failed = 0;

  /** Runs one check; a failure is told and counted, and the run goes on. Returns whether it passed. */
  async check(name, body) {
    const began = Date.now();
    try {
      await body();
      this.passed += 1;
      console.log(`ok    ${name} (${Date.now() - began} ms)`);
      return true;
    } catch (error) {
      this.failed += 1;
      console.log(`FAIL  ${name}\n${String(error.stack ?? error).replace(/^/gm, "      ")}`);
      return false;
    }
  }

  /** The last line, and the exit status. */
  finish() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}
