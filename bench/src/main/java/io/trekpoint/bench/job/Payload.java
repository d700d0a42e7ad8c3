package io.trekpoint.bench.job;

import java.util.Locale;
import java.util.Random;

/** What every contender's jobs carry: 1 KiB of a recorded track, the same for all. */
final class Payload {
    private static final int CHARACTERS = 1024;

    private Payload() {}

    /** 1024 characters of ASCII. */
    static String text() {
        var random = new Random(7);
        var text = new StringBuilder();
        double latitude = 46.57608;
        double longitude = 8.89241;
        double elevation = 2376.4;
        for (int second = 0; text.length() < CHARACTERS; second += 3 + random.nextInt(6)) {
            latitude += random.nextDouble(-2e-4, 3e-4);
            longitude += random.nextDouble(-2e-4, 3e-4);
            elevation += random.nextDouble(-3, 4);
            text.append(
                    String.format(
                            Locale.ROOT,
                            "<trkpt lat=\"%.5f\" lon=\"%.5f\"><ele>%.1f</ele>"
                                    + "<time>2026-07-04T08:%02d:%02dZ</time></trkpt>\n",
                            latitude,
                            longitude,
                            elevation,
                            second / 60,
                            second % 60));
        }
        return text.substring(0, CHARACTERS);
    }
}
