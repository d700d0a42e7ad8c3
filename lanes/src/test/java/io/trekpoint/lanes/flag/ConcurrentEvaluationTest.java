package io.trekpoint.lanes.flag;

import static org.assertj.core.api.Assertions.assertThat;

import io.trekpoint.lanes.flag.rule.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ConcurrentEvaluationTest {
    private static final int USERS = 3_000;
    private static final FlagDefinition FLAG =
            FlagDefinition.parse(
                    "f",
                    FlagDefinitionTest.json(
                            "{'state':'ENABLED','variants':{'a':1,'b':2,'c':3},'defaultVariant':'c','targeting':"
                                    + "{'if':[{'some':[{'var':'groups'},{'==':[{'var':''},'g1']}]},"
                                    + "{'fractional':[['a',1],['b',1]]},"
                                    + "{'reduce':[{'var':'groups'},{'var':'current'},null]}]}}"));

    @Test
    void givesEverybodyTheirOwnAnswerAtTheSameTime() throws Exception {
        List<FlagAnswer> alone = answers();
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<FlagAnswer>>> together = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                together.add(
                        threads.submit(() -> {
                            start.await();
                            return answers();
                        }));
            }
            start.countDown();
            for (Future<List<FlagAnswer>> answers : together) {
                assertThat(answers.get()).isEqualTo(alone);
            }
        }
        assertThat(alone).extracting(FlagAnswer::variant).contains("a", "b", "c");
    }

    private static List<FlagAnswer> answers() {
        List<FlagAnswer> answers = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            List<String> groups = i % 3 == 0 ? List.of() : List.of("g0", i % 2 == 0 ? "g1" : "c");
            answers.add(
                    FLAG.evaluate(
                            EvaluationContext.of(
                                    Map.of("targetingKey", "user-" + i, "groups", groups))));
        }
        return answers;
    }
}
