"""Counts what a judge found right, and says at once what was not."""

failures = []
checks = 0


def check(what, passed):
    global checks
    checks += 1
    if not passed:
        failures.append(what)
        print(f"FAILED: {what}", flush=True)
