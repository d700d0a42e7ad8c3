package io.trekpoint.system.fault;

/** How much of each fault: little with every test run, all of it where {@code trek.faults=full}. */
enum Profile {
    QUICK,
    FULL;

    /** The profile of this run. */
    static Profile now() {
        return "full".equals(System.getProperty("trek.faults")) ? FULL : QUICK;
    }

    /** One number for the quick profile and another for the full one. */
    static int of(int quick, int full) {
        return now() == FULL ? full : quick;
    }
}
