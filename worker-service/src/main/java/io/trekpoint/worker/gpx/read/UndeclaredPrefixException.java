package io.trekpoint.worker.gpx.read;

import java.io.IOException;

/** The file uses a prefix it never declares; it can still be read without namespaces. */
final class UndeclaredPrefixException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int line;

    UndeclaredPrefixException(int line) {
        this.line = line;
    }

    int line() {
        return line;
    }
}
