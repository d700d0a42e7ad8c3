package io.trekpoint.lanes.gpx;

import java.util.List;

/**
 * What is taken out of a file before others see it.
 *
 * @param trimStartM metres taken off the start of each track and route, 0 or more
 * @param trimEndM metres taken off its end, 0 or more
 * @param zones places that nothing may show: points inside, waypoints inside, and what lies between
 * @param stripTime whether every time goes
 */
public record Privacy(double trimStartM, double trimEndM, List<Zone> zones, boolean stripTime) {
    /**
     * A circle on the ground.
     *
     * @param lat degrees north of its centre, -90 to 90
     * @param lon degrees east of its centre, -180 to 180
     * @param radiusM metres, above 0 and at most 100 000
     */
    public record Zone(double lat, double lon, double radiusM) {}
}
