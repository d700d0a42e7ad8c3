package io.trekpoint.worker.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trekpoint.lanes.flag.FlagKey;
import io.trekpoint.lanes.job.ChunkedOutput;
import io.trekpoint.lanes.job.ClaimedJob;
import io.trekpoint.lanes.job.Ending;
import io.trekpoint.lanes.job.ExportParameters;
import io.trekpoint.lanes.job.FinishedOutput;
import io.trekpoint.lanes.job.JobClaimer;
import io.trekpoint.lanes.job.JobFailure;
import io.trekpoint.lanes.job.JobFinisher;
import io.trekpoint.lanes.mirror.Mirror;
import io.trekpoint.worker.gpx.Export;
import io.trekpoint.worker.gpx.ExportFormat;
import io.trekpoint.worker.gpx.ExportResult;
import io.trekpoint.worker.gpx.ResultJson;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Does export jobs: a GPX in, the asked format out, measured on the way. */
@ApplicationScoped
class ExportEngine implements JobEngine {
    private final JobClaimer claimer;
    private final Mirror mirror;
    private final WorkerConfig config;
    private final ObjectMapper json;

    ExportEngine(JobClaimer claimer, Mirror mirror, WorkerConfig config, ObjectMapper json) {
        this.claimer = claimer;
        this.mirror = mirror;
        this.config = config;
        this.json = json;
    }

    @Override
    public String type() {
        return ExportParameters.TYPE;
    }

    @Override
    public Optional<Ending> work(HeldJob held) {
        // What was queued before operators killed the feature must not run after it.
        if (!mirror.current().state().enabled(FlagKey.GPX_EXPORT)) {
            return failed(
                    "FEATURE_DISABLED",
                    "the feature gpx.export was switched off before the job ran",
                    true);
        }
        Optional<ExportFormat> format = format(held.job());
        return format.isPresent()
                ? export(held, format.get())
                : failed("INVALID_PARAMETERS", "the job's parameters name no known format", false);
    }

    private Optional<Ending> export(HeldJob held, ExportFormat format) {
        List<byte[]> chunks = new ArrayList<>();
        try {
            ExportResult result = run(held, format, chunks);
            ExportResult.Output made = result.output();
            return Optional.of(
                    new Ending.Succeeded(
                            ResultJson.text(result),
                            new FinishedOutput(
                                    made.mediaType(), made.bytes(), made.sha256(), chunks)));
        } catch (GpxException e) {
            return e.code() == GpxException.Code.CANCELLED ? Optional.empty() : failed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "an input was stored in a form that cannot be inflated", e);
        }
    }

    private ExportResult run(HeldJob held, ExportFormat format, List<byte[]> chunks)
            throws IOException {
        try (ChunkedOutput out = JobFinisher.collect(chunks)) {
            return Export.run(
                    () -> new ProgressInput(claimer.openInput(held.job()), held),
                    format,
                    new GpxLimits(
                            config.maxBytes(), config.maxPoints(), config.maxLines(), stop(held)),
                    out);
        }
    }

    private Supplier<GpxLimits.Stop> stop(HeldJob held) {
        long deadline = System.nanoTime() + config.timeLimit().toNanos();
        return () -> {
            if (held.stopped()) {
                return GpxLimits.Stop.CANCELLED;
            }
            return System.nanoTime() - deadline > 0 ? GpxLimits.Stop.TIMEOUT : GpxLimits.Stop.NO;
        };
    }

    private Optional<ExportFormat> format(ClaimedJob job) {
        try {
            JsonNode parameters = json.readTree(job.parameters());
            return ExportFormat.of(parameters.path("to").asText());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
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
