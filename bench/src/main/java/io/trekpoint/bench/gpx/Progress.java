package io.trekpoint.bench.gpx;

/** Tells whoever waits what goes on. */
final class Progress {

    private Progress() {}

    static void say(String line) {
        System.out.println("  " + line);
    }
}
