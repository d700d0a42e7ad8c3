package io.trekpoint.worker.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.client.Tier;
import io.trekpoint.lanes.evaluation.EvaluationCounters;
import io.trekpoint.lanes.flag.FlagAnswer;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.flag.rule.EvaluationContext;
import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.GpxTaskParser;
import io.trekpoint.lanes.gpx.GpxType;
import io.trekpoint.lanes.gpx.InvalidParameterException;
import io.trekpoint.lanes.job.ChunkedOutput;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.FinishedOutput;
import io.trekpoint.lanes.job.InputBundle;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobFailure;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.mirror.ControlState;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.lanes.setting.GpxSettings;
import io.trekpoint.worker.gpx.GpxJob;
import io.trekpoint.worker.gpx.GpxResult;
import io.trekpoint.worker.gpx.ResultJson;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Does GPX jobs of every type: files in, a result and an output out. */
@ApplicationScoped
class GpxEngine implements JobEngine {
    private static final String SERVICE = "worker-service";
    private final JobClaimer claimer;
    private final Mirror mirror;
    private final EvaluationCounters evaluations;
    private final WorkerConfig config;
    private final ObjectMapper json;

    GpxEngine(
            JobClaimer claimer,
            Mirror mirror,
            EvaluationCounters evaluations,
            WorkerConfig config,
            ObjectMapper json) {
        this.claimer = claimer;
        this.mirror = mirror;
        this.evaluations = evaluations;
        this.config = config;
        this.json = json;
    }

    @Override
    public Set<String> types() {
        return Arrays.stream(GpxType.values())
                .map(GpxType::label)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Ending> work(HeldJob held) {
        GpxType type = GpxType.ofLabel(held.job().type()).orElseThrow();
        // One attempt goes by one control state from beginning to end.
        ControlState control = mirror.state();
        // What was queued before operators killed the feature must not run after it.
        EvaluationContext client =
                EvaluationContext.ofClient(held.job().client(), held.job().tier());
        FlagKey feature = FlagKey.of(type);
        FlagAnswer answer = control.flag(feature, client);
        evaluations.count(SERVICE, feature.key(), answer);
        if (!answer.asBoolean(feature.enabledByDefault())) {
            return failed(
                    "FEATURE_DISABLED",
                    "the feature gpx." + type.label() + " was switched off before the job ran",
                    true);
        }
        try {
            GpxTask task = GpxTaskParser.parse(type, json.readTree(held.job().parameters()));
            return run(held, task, limits(held, type, control));
        } catch (InvalidParameterException e) {
            return failed("INVALID_PARAMETERS", e.field() + ": " + e.rule(), false);
        } catch (JsonProcessingException e) {
            return failed("INVALID_PARAMETERS", "the job's parameters are no JSON", false);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "an input was stored in a form that cannot be inflated", e);
        }
    }

    private Optional<Ending> run(HeldJob held, GpxTask task, GpxLimits limits) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        try {
            GpxResult result = written(held, task, limits, chunks);
            GpxResult.Output made = result.output();
            return Optional.of(
                    new Ending.Succeeded(
                            ResultJson.text(result),
                            new FinishedOutput(
                                    made.mediaType(), made.bytes(), made.sha256(), chunks)));
        } catch (GpxException e) {
            return e.code() == GpxException.Code.CANCELLED ? Optional.empty() : failed(e);
        }
    }

    private GpxResult written(HeldJob held, GpxTask task, GpxLimits limits, List<byte[]> chunks)
            throws IOException {
        try (ChunkedOutput out = JobFinisher.collect(chunks)) {
            return GpxJob.run(task, sources(held), limits, out);
        }
    }

    private List<GpxSource> sources(HeldJob held) throws IOException {
        int inputs = InputBundle.count(claimer.openInput(held.job()));
        if (inputs == 0) {
            return List.of(() -> opened(held));
        }
        List<GpxSource> sources = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            int index = i;
            sources.add(() -> InputBundle.open(opened(held), index));
        }
        return sources;
    }

    private InputStream opened(HeldJob held) {
        return new ProgressInput(claimer.openInput(held.job()), held);
    }

    /** What operators allow, as far as this process is configured to go. */
    private GpxLimits limits(HeldJob held, GpxType type, ControlState control) {
        Tier tier = Tier.ofLabel(held.job().tier()).orElse(Tier.FREE);
        return new GpxLimits(
                Math.min(config.maxBytes(), control.get(GpxSettings.MAX_INFLATED_BYTES, tier)),
                Math.min(config.maxPoints(), control.get(GpxSettings.MAX_POINTS, tier)),
                control.get(GpxSettings.MAX_LINES, tier),
                stop(held, TimeLimits.soft(control, type, tier)));
    }

    private static Supplier<GpxLimits.Stop> stop(HeldJob held, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        return () -> {
            if (held.stopped()) {
                return GpxLimits.Stop.CANCELLED;
            }
            return System.nanoTime() - deadline > 0 ? GpxLimits.Stop.TIMEOUT : GpxLimits.Stop.NO;
        };
    }

    private static Optional<Ending> failed(GpxException e) {
        return Optional.of(
                new Ending.Failed(
                        new JobFailure(
                                e.code().name(),
                                e.getMessage(),
                                place(e.line()),
                                place(e.column()),
                                false)));
    }

    private static Optional<Ending> failed(String code, String message, boolean retryable) {
        return Optional.of(
                new Ending.Failed(
                        new JobFailure(
                                code,
                                message,
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                retryable)));
    }

    private static OptionalInt place(int position) {
        return position > 0 ? OptionalInt.of(position) : OptionalInt.empty();
    }
}
