package io.trekpoint.api.gateway;

import io.trekpoint.lanes.guard.Mode;
import io.trekpoint.lanes.limit.Decision;
import io.trekpoint.lanes.mirror.ControlState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one request: its identity from the entrance on, then what the filters add in
 * their order, the control state it goes by and its caller, then what the limits said. Whoever
 * serves the request has it injected. Not thread-safe; handed from thread to thread with its
 * request.
 */
public class Call {
    private final String requestId;
    private final Address address;
    private final Admission.Place place;
    private final long began = System.nanoTime();
    private ControlState control = ControlState.UNKNOWN;
    private @Nullable Caller caller;
    private @Nullable Decision decision;
    private @Nullable String route;
    private @Nullable String problem;

    /**
     * Comes in.
     *
     * @param requestId 1 to 64 letters, digits, dots, underscores and hyphens
     */
    public Call(String requestId, Address address, Admission.Place place) {
        this.requestId = requestId;
        this.address = address;
        this.place = place;
    }

    /** What the container makes its proxies with. */
    protected Call() {
        this("", Address.UNKNOWN, Admission.NO_PLACE);
    }

    /** The identity of the request, also in the header {@code X-Request-Id} of its answer. */
    public String requestId() {
        return requestId;
    }

    /** Where the request comes from. */
    public Address address() {
        return address;
    }

    /** The control state this request goes by from beginning to end. */
    public ControlState control() {
        return control;
    }

    /** Who calls. Only where authentication has let the request through. */
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("asked for the caller of an unauthenticated request");
        }
        return caller;
    }

    /** Notes who calls, and the control state that said so. */
    public void authenticated(ControlState state, Caller known) {
        control = state;
        caller = known;
    }

    /** What the limits said; empty before they were asked. */
    public Optional<Decision> decision() {
        return Optional.ofNullable(decision);
    }

    /** Notes what the limits said. */
    public void decided(Decision made) {
        decision = made;
    }

    /** Notes that it ends with a problem of this type. */
    public void endsWith(String problemType) {
        problem = problemType;
    }

    /**
     * Gives the request's place among those in work away while it waits for something that costs
     * this process nothing. Closing what is returned takes it back; a request that never does so
     * waits to its end.
     */
    public Admission.Parked park() {
        return place.park();
    }

    /** Notes the path template of the resource that serves it. */
    public void matched(String template) {
        route = template;
    }

    /** The path template of the resource that serves it; empty where none does. */
    public Optional<String> route() {
        return Optional.ofNullable(route);
    }

    /** The type of the problem it ends with; empty where there is none. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The id of who calls; empty where that is not known. */
    public Optional<String> callerId() {
        return Optional.ofNullable(caller).map(Caller::id);
    }

    /** What the limits did for it: empty where they were not asked. */
    public Optional<Mode> limitsMode() {
        return decision()
                .map(made ->
                        switch (made.source()) {
                            case REDIS, REMEMBERED -> Mode.NORMAL;
                            case LOCAL -> Mode.LOCAL;
                        });
    }

    /** Nanoseconds since it came. */
    public long age() {
        return System.nanoTime() - began;
    }

    /** Gives its place away for good. */
    public void leave() {
        place.close();
    }
}
