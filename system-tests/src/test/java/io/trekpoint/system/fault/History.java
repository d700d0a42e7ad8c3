package io.trekpoint.system.fault;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trekpoint.system.product.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every request that was sent, with its answer, in the order of the answers. Thread-safe. */
final class History {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Queue<Act> acts = new ConcurrentLinkedQueue<>();

    /** Notes an answer. */
    void answered(String client, String request, String key, Answer answer) {
        String job = answer.status() == 202 ? answer.json().path("id").asText() : "";
        acts.add(
                new Act(
                        System.currentTimeMillis(),
                        client,
                        request,
                        key,
                        answer.status(),
                        answer.problem().replaceAll(".*:", ""),
                        job,
                        job.isEmpty() ? "" : answer.json().path("durability").asText(),
                        answer.took().toMillis()));
    }

    /** Notes a request whose connection was lost before its answer. */
    void lost(String client, String request, String key, long tookMs) {
        acts.add(new Act(System.currentTimeMillis(), client, request, key, 0, "", "", "", tookMs));
    }

    /** All that has happened so far. */
    List<Act> acts() {
        return List.copyOf(acts);
    }

    /** The jobs that were acknowledged, each once. */
    List<String> acknowledged() {
        return acts.stream()
                .filter(Act::acknowledges)
                .map(Act::job)
                .filter(job -> !job.isEmpty())
                .distinct()
                .toList();
    }

    /** The jobs that were acknowledged with that durability, each once. */
    List<String> acknowledged(String durability) {
        return acts.stream()
                .filter(act -> act.durability().equals(durability))
                .map(Act::job)
                .distinct()
                .toList();
    }

    /** Writes it all down, a line of JSON for each act. */
    void write(Path file) {
        StringBuilder lines = new StringBuilder();
        try {
            for (Act act : acts) {
                lines.append(JSON.writeValueAsString(act)).append('\n');
            }
            Files.createDirectories(file.getParent());
            Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
