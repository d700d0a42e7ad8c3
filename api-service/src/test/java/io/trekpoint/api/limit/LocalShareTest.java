package io.trekpoint.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trekpoint.lanes.setting.SettingValues;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalShareTest {
    private final Map<String, JsonNode> stored = new HashMap<>();
    private int gateways = 4;
    private final SettingValues settings = key -> Optional.ofNullable(stored.get(key));
    private final LocalShare share = new LocalShare(() -> gateways, 9, () -> settings);

    @Test
    void givesWhatTheSettingsSayAtThatMoment() {
        assertThat(share.quotaAllowance()).isEqualTo(3);
        assertThat(share.retryAfter()).isEqualTo(Duration.ofSeconds(10));

        stored.put("limits.local.quota-allowance", IntNode.valueOf(7));
        stored.put("limits.local.retry-after", TextNode.valueOf("1m"));

        assertThat(share.quotaAllowance()).isEqualTo(7);
        assertThat(share.retryAfter()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void isAsLargeAsTheNumberOfGatewaysAllowsAtThatMoment() {
        assertThat(share.replicas()).isEqualTo(4);
        gateways = 5;
        assertThat(share.replicas()).isEqualTo(5);
        assertThat(share.maxClients()).isEqualTo(9);
    }
}
