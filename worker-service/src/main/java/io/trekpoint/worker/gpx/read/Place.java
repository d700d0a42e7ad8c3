package io.trekpoint.worker.gpx.read;

import javax.xml.stream.Location;

/**
 * A place in a file.
 *
 * @param line from 1
 * @param column from 1, in bytes where the file is of an encoding that is read by bytes: UTF-8,
 *     ISO-8859-1 and ASCII
 */
record Place(int line, int column) {
    Place {
        line = Math.max(1, line);
        column = Math.max(1, column);
    }

    /** Where an event begins. */
    static Place of(Location where) {
        return new Place(where.getLineNumber(), where.getColumnNumber());
    }
}
