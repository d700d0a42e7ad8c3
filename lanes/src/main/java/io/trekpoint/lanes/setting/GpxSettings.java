package io.trekpoint.lanes.setting;

import io.trekpoint.lanes.setting.SettingKey.About;
import io.trekpoint.lanes.setting.SettingKey.PerTier;
import java.util.List;

/** What a GPX job may be, and how many of them. */
public final class GpxSettings {
    private static final int LARGEST_BODY = 64 << 20;
    private static final int USUAL_BODY = 50 << 20;

    /** How many exports a client may start in a calendar month. */
    public static final PerTier<Integer> EXPORT_MONTHLY_QUOTA =
            new PerTier<>(
                    new About(
                            "gpx.export.monthly-quota",
                            "exports per month",
                            "api-service",
                            "How many GPX exports a client may start in a calendar month (UTC)"),
                    SettingType.wholeNumber(0, 1_000_000),
                    10,
                    500,
                    10_000);

    /** The largest upload as sent. */
    public static final PerTier<Integer> MAX_UPLOAD_BYTES =
            new PerTier<>(
                    new About(
                            "gpx.max-upload-bytes",
                            "bytes",
                            "api-service",
                            "The largest upload as sent; a process may be configured to take less"),
                    SettingType.wholeNumber(1, LARGEST_BODY),
                    USUAL_BODY);

    /** The largest input inflated. */
    public static final PerTier<Integer> MAX_INFLATED_BYTES =
            new PerTier<>(
                    new About(
                            "gpx.max-inflated-bytes",
                            "bytes",
                            "api-service",
                            "The largest input inflated, all inputs of a job together"),
                    SettingType.wholeNumber(1, LARGEST_BODY),
                    USUAL_BODY);

    /** The most points of a job's inputs. */
    public static final PerTier<Integer> MAX_POINTS =
            new PerTier<>(
                    new About(
                            "gpx.max-points",
                            "points",
                            "worker-service",
                            "The most waypoints, route points and track points of a job's inputs together"),
                    SettingType.wholeNumber(1, 1_500_000),
                    1_500_000);

    /** The most tracks, segments and routes of a job's inputs. */
    public static final PerTier<Integer> MAX_LINES =
            new PerTier<>(
                    new About(
                            "gpx.max-lines",
                            "lines",
                            "worker-service",
                            "The most tracks, segments and routes of a job's inputs together"),
                    SettingType.wholeNumber(1, 100_000),
                    10_000);

    /** How long an attempt may compute. */
    public static final PerTier<Integer> MAX_SECONDS =
            new PerTier<>(
                    new About(
                            "gpx.max-seconds",
                            "seconds",
                            "worker-service",
                            "How long one attempt of a GPX job may compute; jobs.soft-limit holds too, whichever is shorter"),
                    SettingType.wholeNumber(1, 600),
                    60);

    static final List<SettingKey<?>> ALL =
            List.of(
                    EXPORT_MONTHLY_QUOTA,
                    MAX_UPLOAD_BYTES,
                    MAX_INFLATED_BYTES,
                    MAX_POINTS,
                    MAX_LINES,
                    MAX_SECONDS);

    private GpxSettings() {}
}
