package io.trekpoint.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trekpoint.lanes.gpx.GpxTaskParser;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.gpx.InvalidParameterException;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobOperationsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void describesExactlyTheParametersThatAreTaken(GpxType type) {
        TreeSet<String> described = new TreeSet<>();
        ObjectNode parameters = JSON.createObjectNode();
        for (TypeParameter parameter : TypeParameters.of(type)) {
            described.add(parameter.name());
            boolean either = parameter.name().equals("maxPoints");
            if (!either) {
                parameters.set(parameter.name(), JSON.valueToTree(parameter.example()));
            }
        }
        GpxTaskParser.parse(type, parameters);
        parameters.put("colour", "red");
        InvalidParameterException refusal =
                catchThrowableOfType(
                        InvalidParameterException.class,
                        () -> GpxTaskParser.parse(type, parameters));
        assertThat(refusal.field()).isEqualTo("colour");
        assertThat(refusal.rule()).endsWith("known are " + String.join(", ", described));
    }

    @Test
    void describesBoundsAndDefaultsAsTheyAre() {
        for (GpxType type : GpxType.values()) {
            for (TypeParameter parameter : TypeParameters.of(type)) {
                TypeParameter.Bounds bounds = parameter.bounds();
                if (bounds != null && !parameter.name().equals("precision")) {
                    assertThat(takes(type, parameter.name(), bounds.least())).isTrue();
                    assertThat(takes(type, parameter.name(), bounds.most())).isTrue();
                    assertThat(takes(type, parameter.name(), bounds.least() - 1)).isFalse();
                    assertThat(takes(type, parameter.name(), bounds.most() + 1)).isFalse();
                }
            }
        }
    }

    private static boolean takes(GpxType type, String name, double value) {
        ObjectNode parameters = JSON.createObjectNode().put(name, value);
        try {
            GpxTaskParser.parse(type, parameters);
            return true;
        } catch (InvalidParameterException e) {
            // A privacy that takes nothing out is refused for that and not for its zeros.
            return !e.field().equals(name);
        }
    }
}
