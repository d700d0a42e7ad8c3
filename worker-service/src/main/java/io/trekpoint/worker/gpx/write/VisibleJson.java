package io.trekpoint.worker.gpx.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.trekpoint.worker.gpx.document.Invisible;
import org.jspecify.annotations.Nullable;

/** Escapes markup and what cannot be seen, so that JSON put into a page stays a text. */
public final class VisibleJson extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    private final int[] ascii = standardAsciiEscapesForJSON();

    private VisibleJson() {
        for (char c : new char[] {'<', '>', '&', '\'', 0x7f}) {
            ascii[c] = ESCAPE_STANDARD;
        }
    }

    /** Makes generators that escape this way. */
    public static JsonFactory factory() {
        return new JsonFactoryBuilder().characterEscapes(new VisibleJson()).build();
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        return Invisible.is(c) ? new SerializedString("\\u%04x".formatted(c)) : null;
    }
}
