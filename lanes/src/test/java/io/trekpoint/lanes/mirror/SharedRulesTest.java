package io.trekpoint.lanes.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagAnswer.ErrorCode;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.FlagSetPart;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.gpx.GpxType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Flags in a control state, with what they have in common. */
class SharedRulesTest {
    private static final Head FIRST = new Head("epoch", 1, "a");
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00Z");
    private static final String RULE = FlagSetPart.evaluatorKey("staff");
    private static final EvaluationContext STAFF = EvaluationContext.of(Map.of("team", "staff"));
    private static final String FLAG =
            """
            {"state":"ENABLED","variants":{"on":true,"off":false},"defaultVariant":"off",
             "targeting":{"if":[{"$ref":"staff"},"on"]}}\
            """;

    @Test
    void areThereForTheFlagsThatNameThem() {
        ControlState state = state("staff");
        assertThat(state.evaluate("beta", STAFF).variant()).isEqualTo("on");
        assertThat(state.evaluate("beta", EvaluationContext.EMPTY).variant()).isEqualTo("off");
        assertThat(state.flags()).containsOnlyKeys("beta");
        assertThat(state.size()).isEqualTo(3);
    }

    @Test
    void changeForEveryFlagThatNamesThem() {
        ControlState state = changed(state("staff"), RULE, entry(rule("crew")));
        assertThat(state.evaluate("beta", STAFF).variant()).isEqualTo("off");
        EvaluationContext crew = EvaluationContext.of(Map.of("team", "crew"));
        assertThat(state.evaluate("beta", crew).variant()).isEqualTo("on");
    }

    @Test
    void areMissedByTheFlagsThatNameThem() {
        ControlState state = changed(state("staff"), RULE, null);
        assertThat(state.evaluate("beta", STAFF).errorCode()).isEqualTo(ErrorCode.PARSE_ERROR);
        ControlState again = changed(state, RULE, entry(rule("staff")));
        assertThat(again.evaluate("beta", STAFF).variant()).isEqualTo("on");
    }

    @Test
    void stayAsTheyWereWhereWhatIsStoredIsBroken() {
        ControlState state = changed(state("staff"), RULE, "{\"value\":7}");
        assertThat(state.evaluate("beta", STAFF).variant()).isEqualTo("on");
    }

    @Test
    void surviveBeingWrittenDown() {
        ControlSnapshot snapshot = snapshot(state("staff"));
        Fill read = StateDocument.decode(StateDocument.encode(snapshot), ControlState.UNKNOWN);
        assertThat(read.unreadable()).isEmpty();
        assertThat(read.state().evaluate("beta", STAFF).variant()).isEqualTo("on");
        assertThat(read.state().flagSetValues().get(FlagSetPart.METADATA))
                .isEqualTo(json("{\"flagSetId\":\"trek\"}"));
    }

    @Test
    void letAFlagBeTargetedByClientAndTier() {
        ControlState state =
                changed(
                        state("staff"),
                        "gpx.export",
                        "{\"definition\":{\"state\":\"ENABLED\",\"variants\":{\"on\":true,\"off\":false},"
                                + "\"targeting\":{\"if\":[{\"==\":[{\"var\":\"tier\"},\"paid\"]},\"on\",\"off\"]}},"
                                + "\"at\":\"2026-11-24T10:00:00Z\"}");
        FlagKey export = FlagKey.of(GpxType.EXPORT);
        assertThat(state.enabled(export, EvaluationContext.ofClient("c1", "paid"))).isTrue();
        assertThat(state.enabled(export, EvaluationContext.ofClient("c1", "free"))).isFalse();
    }

    @Test
    void doNotMatterToAFlagThatIsNotThere() {
        ControlState state = state("staff");
        assertThat(state.evaluate("other", STAFF).errorCode()).isEqualTo(ErrorCode.FLAG_NOT_FOUND);
        assertThat(state.evaluate("gpx.export", STAFF).asBoolean(false)).isTrue();
        FlagAnswer unknown = ControlState.UNKNOWN.evaluate("other", STAFF);
        assertThat(unknown.errorCode()).isNull();
        assertThat(unknown.asBoolean(false)).isTrue();
        assertThat(unknown.reason()).isEqualTo(FlagAnswer.Reason.DEFAULT);
    }

    @Test
    void doNotAnswerWhileStaleForAFlagWithAnAnswerOfItsOwn() {
        String declared =
                FLAG.replace(
                        "\"defaultVariant\"",
                        "\"metadata\":{\"trek.onUnavailable\":\"DISABLED\"},\"defaultVariant\"");
        ControlState state =
                changed(
                        state("staff"),
                        "beta",
                        "{\"definition\":" + declared + ",\"at\":\"" + AT + "\"}");
        assertThat(state.evaluate("beta", STAFF).variant()).isEqualTo("on");
        FlagAnswer stale = state.whileStale().evaluate("beta", STAFF);
        assertThat(stale.variant()).isEqualTo("off");
        assertThat(stale.reason()).isEqualTo(FlagAnswer.Reason.STALE);
    }

    private static ControlState state(String team) {
        StateBuilder builder = StateBuilder.anew(ControlState.UNKNOWN);
        String flag = "{\"definition\":" + FLAG + ",\"at\":\"" + AT + "\"}";
        builder.putAll(
                List.of(
                        new StateBuilder.Stored(Kind.FLAG, "beta", flag),
                        new StateBuilder.Stored(Kind.FLAG, RULE, entry(rule(team))),
                        new StateBuilder.Stored(
                                Kind.FLAG,
                                FlagSetPart.METADATA,
                                entry("{\"flagSetId\":\"trek\"}"))));
        assertThat(builder.unreadable()).isEmpty();
        return builder.build(FIRST);
    }

    private static ControlState changed(ControlState state, String key, @Nullable String stored) {
        JsonNode value = stored == null ? json("null") : json(stored);
        Head next = new Head("epoch", state.head().revision() + 1, "b");
        Change change = new Change(next, "a", List.of(new Write(Kind.FLAG, key, value)));
        return change.applyTo(snapshot(state), AT).state();
    }

    private static ControlSnapshot snapshot(ControlState state) {
        return new ControlSnapshot(state, Source.REDIS, AT, null, Collections.emptySortedSet());
    }

    private static String rule(String team) {
        return "{\"==\":[{\"var\":\"team\"},\"" + team + "\"]}";
    }

    private static String entry(String value) {
        return "{\"value\":" + value + ",\"at\":\"" + AT + "\"}";
    }

    private static JsonNode json(String text) {
        return EntryCodec.parse("test", text);
    }
}
