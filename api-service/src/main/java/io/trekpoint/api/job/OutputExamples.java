package io.trekpoint.api.job;

/** What bodies look like, for the contract. */
final class OutputExamples {
    static final String GPX =
            """
            <gpx version="1.1" creator="Trek Point" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
            <trkpt lat="46.8" lon="9.8"><ele>1560</ele></trkpt><trkpt lat="46.81" lon="9.8"><ele>1572</ele></trkpt>
            </trkseg></trk></gpx>
            """;

    static final String GEOJSON =
            """
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
             "geometry":{"type":"LineString","coordinates":[[9.8,46.8,1560],[9.8,46.81,1572]]}}]}\
            """;

    static final String STATS =
            """
            {"total":{"points":2,"length2dM":1111.9,"ascentM":12,"descentM":0,"eleMinM":1560,"eleMaxM":1572}}\
            """;

    static final String TCX =
            """
            <TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"/>
            """;

    static final String KML =
            """
            <kml xmlns="http://www.opengis.net/kml/2.2"><Document/></kml>
            """;

    static final String SVG =
            """
            <svg xmlns="http://www.w3.org/2000/svg" width="800" height="200"/>
            """;

    static final String CSV =
            """
            kind,line,segment,lat,lon,ele
            trk,0,0,46.8,9.8,1560
            """;

    static final String POLYLINE = "_kz|G_q~z@o}@?";

    /** The beginning of {@link #CSV}. */
    static final String PART = "kind,line,seg";

    private OutputExamples() {}
}
