package io.trekpoint.bench.gpx;

import java.util.Random;

/**
 * A walk over the Alps, a point a second, the same on every machine. Positions are in
 * ten-millionths of a degree, elevations in decimetres.
 */
final class Walk {

    private static final int SEED = 20_261_122;

    private final Random random = new Random(SEED);
    private double heading = 1;
    long lat = 467_895_100;
    long lon = 98_381_700;
    long ele = 22_040;
    int heart = 120;
    int cadence = 80;
    int second;

    void step() {
        heading += (random.nextInt(2001) - 1000) / 4000.0;
        // Some metres a second, turned back towards where it began before it leaves the Alps.
        lat += Math.round(130 * StrictMath.cos(heading)) + (lat > 470_000_000 ? -60 : 0);
        lon += Math.round(180 * StrictMath.sin(heading)) + (lon > 110_000_000 ? -90 : 0);
        ele = Math.clamp(ele + random.nextInt(21) - 10, 2_000, 40_000);
        heart = Math.clamp(heart + random.nextInt(5) - 2, 80, 190);
        cadence = Math.clamp(cadence + random.nextInt(5) - 2, 40, 100);
        second++;
    }
}
