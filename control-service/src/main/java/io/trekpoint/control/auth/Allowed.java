package io.trekpoint.control.auth;

import io.trekpoint.lanes.client.Role;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least role that may call a resource method. A method without it is refused to everybody. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Allowed {
    /** The least role. */
    Role value();

    /**
     * Whether a browser's client may call it too: what answers must then hold nothing but flags
     * that are marked public. Such a method also takes an {@link EventTicket} where it is a GET,
     * and any key that is well formed while no control state was ever known.
     */
    boolean browsers() default false;
}
