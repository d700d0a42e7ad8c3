package io.trekpoint.lanes.mirror;

/** Something of the control state could not be read. The message names it, never its content. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String what, Throwable cause) {
        super(what + " is unreadable", cause);
    }
}
