package io.trekpoint.lanes.job;

import io.trekpoint.lanes.client.Tier;

/** Which line a job waits in. The first constant is claimed first, as long as none waits long. */
public enum Priority {
    /** Jobs of partners. */
    HIGH(0),
    /** Jobs of paying clients. */
    NORMAL(1),
    /** Jobs of everybody else. */
    LOW(2);

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    /** The priority of a tier's jobs. */
    public static Priority of(Tier tier) {
        return switch (tier) {
            case PARTNER -> HIGH;
            case PRO -> NORMAL;
            case FREE -> LOW;
        };
    }

    /** The tier whose jobs have it. */
    public Tier tier() {
        return switch (this) {
            case HIGH -> Tier.PARTNER;
            case NORMAL -> Tier.PRO;
            case LOW -> Tier.FREE;
        };
    }

    /** Its number in keys and records, from 0 for the most urgent. */
    public int rank() {
        return rank;
    }
}
