package io.trekpoint.api.job;

/** What answers look like, for the contract. */
public final class JobExamples {
    /** The id of the job of all the examples. */
    static final String ID = "0-7KqpW3daZZh0UmbR4hYc";

    /** The ETag of its output, without its quotes. */
    static final String SHA256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    /** A job that waits. */
    public static final String QUEUED =
            """
            {"id":"0-7KqpW3daZZh0UmbR4hYc","type":"stats","parameters":{"mode":"lenient"},"state":"queued",
             "attempt":0,"maxAttempts":3,"progress":0.0,"createdAt":"2026-05-04T06:30:00.123Z","durability":"confirmed",
             "links":{"self":"/v1/jobs/0-7KqpW3daZZh0UmbR4hYc","events":"/v1/jobs/0-7KqpW3daZZh0UmbR4hYc/events"}}\
            """;

    /** A job that has a result. */
    public static final String SUCCEEDED =
            """
            {"id":"0-7KqpW3daZZh0UmbR4hYc","type":"stats","parameters":{"mode":"lenient"},"state":"succeeded",
             "attempt":1,"maxAttempts":3,"progress":1.0,"createdAt":"2026-05-04T06:30:00.123Z",
             "startedAt":"2026-05-04T06:30:00.125Z","finishedAt":"2026-05-04T06:30:00.191Z",
             "expiresAt":"2026-05-05T06:30:00.191Z","durability":"confirmed",
             "result":{"type":"stats","counts":{"tracks":1,"points":12},"output":{
              "href":"/v1/jobs/0-7KqpW3daZZh0UmbR4hYc/result","mediaType":"application/json","bytes":1043,
              "sha256":"2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}},
             "links":{"self":"/v1/jobs/0-7KqpW3daZZh0UmbR4hYc","result":"/v1/jobs/0-7KqpW3daZZh0UmbR4hYc/result"}}\
            """;

    /** A job that its client has cancelled while a worker had it. */
    static final String CANCELLING =
            """
            {"id":"0-7KqpW3daZZh0UmbR4hYc","type":"stats","parameters":{"mode":"lenient"},"state":"active",
             "attempt":1,"maxAttempts":3,"progress":0.4,"cancelling":true,"createdAt":"2026-05-04T06:30:00.123Z",
             "startedAt":"2026-05-04T06:30:00.125Z","durability":"confirmed",
             "links":{"self":"/v1/jobs/0-7KqpW3daZZh0UmbR4hYc","events":"/v1/jobs/0-7KqpW3daZZh0UmbR4hYc/events"}}\
            """;

    /** A page of a list. */
    static final String PAGE =
            """
            {"jobs":[{"id":"0-7KqpW3daZZh0UmbR4hYc","type":"stats","state":"failed","attempt":1,"maxAttempts":3,
              "createdAt":"2026-05-04T06:30:00.123Z","startedAt":"2026-05-04T06:30:00.125Z",
              "finishedAt":"2026-05-04T06:30:00.191Z","expiresAt":"2026-05-05T06:30:00.191Z",
              "failure":{"code":"NOT_XML","message":"this is not XML"},
              "links":{"self":"/v1/jobs/0-7KqpW3daZZh0UmbR4hYc"}}],
             "next":"MTc3Nzg3NjIwMDEyMzowLTdLcXBXM2RhWlpoMFVtYlI0aFlj"}\
            """;

    /** Two events of a stream. */
    static final String EVENTS =
            """
            event: progress
            data: {"progress":0.4}

            event: state
            id: 1-succeeded
            retry: 2000
            data: {"id":"0-7KqpW3daZZh0UmbR4hYc","type":"stats","state":"succeeded"}
            """;

    private JobExamples() {}
}
