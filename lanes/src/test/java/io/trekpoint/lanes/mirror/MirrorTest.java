package io.trekpoint.lanes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.guard.Lane;
import io.trekpoint.lanes.guard.LaneName;
import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.redis.LaneFixture;
import io.trekpoint.lanes.redis.RedisServer;
import io.trekpoint.lanes.setting.GpxSettings;
import io.vertx.redis.client.Command;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorTest {
    private static final String FLAG = FlagKey.of(GpxType.EXPORT).key();
    private static final String QUOTA = GpxSettings.EXPORT_MONTHLY_QUOTA.key();

    private RedisServer redis;
    private LaneFixture fixture;
    private Lane lane;
    private Mirror mirror;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
        fixture = new LaneFixture(redis);
        lane = fixture.lane(LaneName.CONTROL);
    }

    @AfterEach
    void stop() {
        mirror.close();
        fixture.close();
        redis.close();
    }

    @Test
    void answersDeclaredDefaultsWhileNothingIsKnown() {
        mirror = MirrorFixture.start(fixture, lane);
        assertThat(enabled()).isTrue();
        assertThat(quota(Tier.FREE)).isEqualTo(10);
        assertThat(mirror.current().source()).isEqualTo(Source.DEFAULT);
        assertThat(mirror.mode()).isEqualTo(Mode.DEFAULT);
        assertThat(mirror.status().alarm()).isNull();
        assertThat(mirror.filled()).isTrue();
    }

    @Test
    void isFilledFromRedisAtStart() {
        ControlData.init(lane).flag(FLAG, ControlData.ON, true).setting(QUOTA, "7");
        mirror = MirrorFixture.start(fixture, lane);
        assertThat(enabled()).isFalse();
        assertThat(quota(Tier.PRO)).isEqualTo(7);
        assertThat(mirror.current().source()).isEqualTo(Source.REDIS);
        assertThat(mirror.mode()).isEqualTo(Mode.NORMAL);
        assertThat(mirror.status().revision()).isEqualTo(3);
    }

    @Test
    void followsChangesFromTheFirstInitOn() throws InterruptedException {
        mirror = MirrorFixture.start(fixture, lane);
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, false);
        arrives(data);
        assertThat(enabled()).isTrue();
        arrives(data.flag(FLAG, ControlData.ON, true));
        assertThat(enabled()).isFalse();
        arrives(data.setting(QUOTA, "{\"tiers\":{\"free\":3}}"));
        assertThat(quota(Tier.FREE)).isEqualTo(3);
        assertThat(quota(Tier.PRO)).isEqualTo(500);
    }

    @Test
    void keepsWhatItKnowsWhileRedisIsDownAndFollowsOnAfterwards() throws InterruptedException {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        mirror = MirrorFixture.start(fixture, lane);
        redis.kill();
        await().atMost(Duration.ofSeconds(8)).until(() -> mirror.mode() == Mode.STALE);
        assertThat(enabled()).isFalse();
        redis.restart();
        await().atMost(Duration.ofSeconds(8)).until(() -> mirror.mode() == Mode.NORMAL);
        arrives(data.flag(FLAG, ControlData.ON, false));
        assertThat(enabled()).isTrue();
    }

    @Test
    void keepsWhatItKnowsWhenRedisIsEmptied() {
        ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        mirror = MirrorFixture.start(fixture, lane);
        redis.command("FLUSHALL");
        alarms(Divergence.VANISHED);
        assertThat(enabled()).isFalse();
        assertThat(mirror.mode()).isEqualTo(Mode.STALE);
        ControlData.init(lane).flag(FLAG, ControlData.ON, false).setting(QUOTA, "1");
        alarms(Divergence.REPLACED);
        assertThat(enabled()).isFalse();
    }

    @Test
    void keepsWhatItKnowsWhenTheRevisionGoesBack() throws InterruptedException {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        mirror = MirrorFixture.start(fixture, lane);
        data.send(Command.HSET, ControlKeys.META, "revision", "1");
        alarms(Divergence.ROLLED_BACK);
        assertThat(enabled()).isFalse();
        data.send(Command.HSET, ControlKeys.META, "revision", "2");
        await().atMost(Duration.ofSeconds(5)).until(() -> mirror.mode() == Mode.NORMAL);
        arrives(data.flag(FLAG, ControlData.ON, false));
    }

    @Test
    void keepsWhatItKnowsWhenAChangeDoesNotFollow() {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        mirror = MirrorFixture.start(fixture, lane);
        data.forked().flag(FLAG, ControlData.ON, false);
        alarms(Divergence.FORKED);
        data.flag(FLAG, ControlData.ON, false);
        assertThat(enabled()).isFalse();
    }

    @Test
    void noticesEntriesTakenAwayPastTheControlService() {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        mirror = MirrorFixture.start(fixture, lane);
        data.send(Command.DEL, ControlKeys.entries(Kind.FLAG));
        alarms(Divergence.INCOMPLETE);
        assertThat(enabled()).isFalse();
    }

    @Test
    void keepsWhatItKnowsWhenAKeyHasTheWrongType() {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        mirror = MirrorFixture.start(fixture, lane);
        data.send(Command.SET, ControlKeys.META, "nothing");
        alarms(Divergence.UNREADABLE);
        assertThat(enabled()).isFalse();
    }

    @Test
    void readsTheWholeStateAfterAGap() {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, false);
        mirror = MirrorFixture.start(fixture, lane);
        data.flag(FLAG, ControlData.ON, true).setting(QUOTA, "7");
        data.send(Command.DEL, ControlKeys.CHANGES).setting(QUOTA, "8");
        await().atMost(Duration.ofSeconds(5)).until(() -> quota(Tier.FREE) == 8);
        assertThat(enabled()).isFalse();
    }

    @Test
    void readsTheWholeStateWhenTheStreamIsSilent() {
        ControlData data = ControlData.init(lane).flag(FLAG, ControlData.ON, true);
        mirror = MirrorFixture.start(fixture, lane);
        data.unannounced(
                Kind.SETTING,
                QUOTA,
                EntryCodec.encodeSetting(new Entry<>(EntryCodec.parse("quota", "9"), data.next())));
        await().atMost(Duration.ofSeconds(5)).until(() -> quota(Tier.FREE) == 9);
    }

    @Test
    void keepsTheLastGoodValueOfAnEntryThatIsBroken() throws InterruptedException {
        ControlData data =
                ControlData.init(lane).flag(FLAG, ControlData.ON, true).setting(QUOTA, "7");
        mirror = MirrorFixture.start(fixture, lane);
        arrives(data.put(Kind.FLAG, FLAG, TextNode.valueOf("not a flag")));
        assertThat(enabled()).isFalse();
        assertThat(mirror.status().alarm()).contains("flag " + FLAG);
        arrives(data.setting(QUOTA, "\"many\""));
        assertThat(quota(Tier.FREE)).isEqualTo(7);
        assertThat(mirror.status().alarm()).contains("setting " + QUOTA);
        arrives(data.setting(QUOTA, "8").flag(FLAG, ControlData.ON, false));
        assertThat(mirror.status().alarm()).isNull();
        assertThat(quota(Tier.FREE)).isEqualTo(8);
    }

    @Test
    void fallsBackToTheCodeDefaultForABrokenEntryItNeverKnew() {
        ControlData data = ControlData.init(lane);
        data.send(Command.HSET, ControlKeys.entries(Kind.FLAG), FLAG, "{");
        data.send(Command.HSET, ControlKeys.entries(Kind.SETTING), QUOTA, "x".repeat(300_000));
        data.change("[]");
        mirror = MirrorFixture.start(fixture, lane);
        assertThat(enabled()).isTrue();
        assertThat(quota(Tier.FREE)).isEqualTo(10);
        assertThat(mirror.current().unreadable()).hasSize(2);
    }

    private void arrives(ControlData data) throws InterruptedException {
        assertThat(mirror.awaitRevision(data.revision(), Duration.ofSeconds(3))).isTrue();
    }

    private void alarms(Divergence divergence) {
        await().atMost(Duration.ofSeconds(5))
                .until(() ->
                        mirror.current().alarm() != null
                                && mirror.current().alarm().divergence() == divergence);
    }

    private boolean enabled() {
        return mirror.current().state().enabled(FlagKey.of(GpxType.EXPORT));
    }

    private int quota(Tier tier) {
        return mirror.current().state().get(GpxSettings.EXPORT_MONTHLY_QUOTA, tier);
    }
}
