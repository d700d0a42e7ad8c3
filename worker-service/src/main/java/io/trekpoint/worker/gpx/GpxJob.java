package io.trekpoint.worker.gpx;

import io.trekpoint.lanes.gpx.GpxTask;
import io.trekpoint.lanes.gpx.Measuring;
import io.trekpoint.lanes.gpx.Privacy;
import io.trekpoint.lanes.gpx.Simplifying;
import io.trekpoint.lanes.gpx.Target;
import io.trekpoint.lanes.gpx.Writing;
import io.trekpoint.worker.gpx.document.GpxDocument;
import io.trekpoint.worker.gpx.edit.Editor;
import io.trekpoint.worker.gpx.privacy.Privatizer;
import io.trekpoint.worker.gpx.profile.ElevationProfile;
import io.trekpoint.worker.gpx.read.GpxException;
import io.trekpoint.worker.gpx.read.GpxLimits;
import io.trekpoint.worker.gpx.read.GpxReader;
import io.trekpoint.worker.gpx.read.GpxReading;
import io.trekpoint.worker.gpx.read.GpxSource;
import io.trekpoint.worker.gpx.read.Reading;
import io.trekpoint.worker.gpx.read.Validation;
import io.trekpoint.worker.gpx.read.Warning;
import io.trekpoint.worker.gpx.simplify.Simplified;
import io.trekpoint.worker.gpx.simplify.Simplifier;
import io.trekpoint.worker.gpx.write.Gpx11Writer;
import io.trekpoint.worker.gpx.write.Writers;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does a task on the calling thread: reads its inputs whole, then works, then writes. The same
 * inputs and task give the same bytes.
 */
public final class GpxJob {

    /** Grows whenever the same input could give another output or other numbers. */
    static final String ENGINE_VERSION = "6";

    private static final String JSON = "application/json";

    private final GpxTask task;
    private final GpxLimits limits;
    private final MeteredOutput out;
    private final List<Warning> warnings = new ArrayList<>();
    private final List<GpxResult.Input> inputs = new ArrayList<>();
    private final List<GpxDocument> documents = new ArrayList<>();
    private GpxResult.Counts counts = new GpxResult.Counts(0, 0, 0, 0, 0, 0);

    private GpxJob(GpxTask task, GpxLimits limits, OutputStream out) {
        this.task = task;
        this.limits = limits;
        this.out = new MeteredOutput(out, limits);
    }

    /**
     * Does a task.
     *
     * @param task what to do
     * @param sources the inputs, at least one, each opened once or twice; several only for an edit
     *     with a merge among its steps
     * @param limits what the job may cost, all inputs together
     * @param out where the output goes; flushed, not closed; holds a part of it after a failure
     * @return what was read, found out and written
     * @throws GpxException if a file cannot be read, is beyond a limit, or the job was stopped
     * @throws IOException if a source or {@code out} fails
     */
    public static GpxResult run(
            GpxTask task, List<GpxSource> sources, GpxLimits limits, OutputStream out)
            throws IOException {
        return new GpxJob(task, limits, out).run(sources);
    }

    private GpxResult run(List<GpxSource> sources) throws IOException {
        if (task instanceof GpxTask.Validate(var version)) {
            return validated(sources.getFirst(), version);
        }
        for (var source : sources) {
            read(source);
        }
        return work();
    }

    private GpxResult work() throws IOException {
        var document = documents.getFirst();
        return switch (task) {
            case GpxTask.Import(_, var prefer) -> {
                var normalised =
                        prefer.map(lines -> Preferred.lines(document, lines, warnings))
                                .orElse(document);
                yield gpx(normalised, measured(normalised, Measuring.DEFAULT));
            }
            case GpxTask.Stats(_, var measuring) -> {
                var data = measured(document, measuring);
                ResultJson.writeData(data, out);
                yield result(JSON, data);
            }
            case GpxTask.Convert(_, var writing) -> {
                Writers.write(document, writing, out);
                yield result(writing.to().mediaType(), GpxResult.Data.NONE);
            }
            case GpxTask.Export export -> export(document, export);
            case GpxTask.Simplify(_, var wanted) -> {
                var thin = Simplifier.run(document, wanted, limits);
                yield gpx(thin.document(), new GpxResult.Data(null, null, thinned(thin), null));
            }
            case GpxTask.Edit(_, var ops) -> {
                var edited = Editor.run(documents, ops, limits);
                warnings.addAll(edited.warnings());
                yield gpx(edited.document(), GpxResult.Data.NONE);
            }
            case GpxTask.MakePrivate(_, var wanted) -> {
                var hidden = Privatizer.run(document, wanted, limits);
                var removed =
                        new GpxResult.Removed(hidden.removedPoints(), hidden.removedWaypoints());
                yield gpx(hidden.document(), new GpxResult.Data(null, null, null, removed));
            }
            case GpxTask.Profile profile -> profile(document, profile);
            case GpxTask.Validate _ -> throw new IllegalStateException("done without reading");
        };
    }

    private GpxResult export(GpxDocument document, GpxTask.Export export) throws IOException {
        var worked = document;
        GpxResult.Removed removed = null;
        GpxResult.Thinned thinned = null;
        if (export.privacy().isPresent()) {
            Privacy wanted = export.privacy().get();
            var hidden = Privatizer.run(worked, wanted, limits);
            removed = new GpxResult.Removed(hidden.removedPoints(), hidden.removedWaypoints());
            worked = hidden.document();
        }
        if (export.simplifying().isPresent()) {
            Simplifying wanted = export.simplifying().get();
            var thin = Simplifier.run(worked, wanted, limits);
            thinned = thinned(thin);
            worked = thin.document();
        }
        var measures = Measures.of(worked, Measuring.DEFAULT, limits);
        Writers.write(worked, export.writing(), out);
        return result(
                export.writing().to().mediaType(),
                new GpxResult.Data(measures, null, thinned, removed));
    }

    private static GpxResult.Thinned thinned(Simplified thin) {
        return new GpxResult.Thinned(thin.before(), thin.after(), thin.greatestErrorM());
    }

    private GpxResult profile(GpxDocument document, GpxTask.Profile wanted) throws IOException {
        if (!ElevationProfile.write(document, wanted, out)) {
            warnings.add(new Warning(Warning.Code.NO_ELEVATION, 1, 0));
        }
        return result(
                switch (wanted.form()) {
                    case SVG -> "image/svg+xml";
                    case JSON -> JSON;
                },
                GpxResult.Data.NONE);
    }

    private GpxResult validated(GpxSource source, Optional<GpxTask.Version> version)
            throws IOException {
        var report = Validation.run(source, version, limits);
        var data = new GpxResult.Data(null, report, null, null);
        readAsFarAsItGoes(source);
        ResultJson.writeData(data, out);
        return result(JSON, data);
    }

    /** What is no GPX at all still has a size and a report. */
    private void readAsFarAsItGoes(GpxSource source) throws IOException {
        try {
            read(source);
        } catch (GpxException e) {
            switch (e.code()) {
                case TOO_LARGE, CANCELLED, TIMEOUT -> throw e;
                default -> inputs.add(Digest.of(source, limits));
            }
        }
    }

    private void read(GpxSource source) throws IOException {
        var reading =
                GpxReader.read(source, new Reading(task.mode(), keepsExtensions()), left(limits));
        var document = reading.document();
        documents.add(document);
        inputs.add(
                new GpxResult.Input(
                        reading.bytes(), reading.sha256(), document.version(), document.creator()));
        warnings.addAll(reading.warnings());
        counts = counts.plus(counts(reading));
    }

    /** Of what all inputs together may cost, what those before have left. */
    private GpxLimits left(GpxLimits all) {
        long bytes = inputs.stream().mapToLong(GpxResult.Input::bytes).sum();
        return new GpxLimits(
                all.maxBytes() - bytes,
                all.maxPoints() - counts.points() - counts.waypoints() - counts.dropped(),
                all.maxLines() - counts.tracks() - counts.segments() - counts.routes(),
                all.stop());
    }

    private boolean keepsExtensions() {
        return switch (task) {
            case GpxTask.Import _, GpxTask.Simplify _, GpxTask.Edit _ -> true;
            case GpxTask.Convert(_, var writing) -> written(writing);
            case GpxTask.Export export -> written(export.writing());
            case GpxTask.Stats _, GpxTask.Validate _, GpxTask.MakePrivate _, GpxTask.Profile _ ->
                    false;
        };
    }

    private static boolean written(Writing writing) {
        return writing.to() == Target.GPX11
                && writing.include().contains(Writing.Include.EXTENSIONS);
    }

    private GpxResult.Data measured(GpxDocument document, Measuring measuring) {
        return new GpxResult.Data(Measures.of(document, measuring, limits), null, null, null);
    }

    private static GpxResult.Counts counts(GpxReading reading) {
        var document = reading.document();
        return new GpxResult.Counts(
                document.waypoints().size(),
                document.routes().size(),
                document.tracks().size(),
                document.segmentCount(),
                document.linePointCount(),
                reading.dropped());
    }

    private GpxResult gpx(GpxDocument document, GpxResult.Data data) throws IOException {
        Gpx11Writer.write(document, out);
        return result(Target.GPX11.mediaType(), data);
    }

    private GpxResult result(String mediaType, GpxResult.Data data) {
        return new GpxResult(
                task.type(),
                ENGINE_VERSION,
                List.copyOf(inputs),
                counts,
                List.copyOf(warnings),
                new GpxResult.Output(mediaType, out.bytes(), out.sha256()),
                data);
    }
}
