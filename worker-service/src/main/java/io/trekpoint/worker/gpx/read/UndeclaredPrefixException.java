package io.trekpoint.worker.gpx.read;

import java.io.IOException;

/** The file uses a prefix it never declares; it can still be read without namespaces. */
final class UndeclaredPrefixException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    UndeclaredPrefixException(int line, int column) {
        this.line = line;
        this.column = column;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }
}
