package io.trekpoint.control.store;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a write that is asked for with {@code dryRun} or {@code force} where the contract has no
 * such parameter: whoever only wanted to try it would have it carried out.
 */
final class DryRunFilter {
    private static final List<String> OPTIONS = List.of("dryRun", "force");
    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    void refuse(ContainerRequestContext request, ResourceInfo resource) {
        if (READS.contains(request.getMethod())) {
            return;
        }
        Set<String> given = request.getUriInfo().getQueryParameters().keySet();
        for (String option : OPTIONS) {
            if (given.contains(option) && !has(resource, option)) {
                throw ProblemException.invalid(
                        ProblemType.INVALID_REQUEST,
                        option,
                        "must not be given here: this is carried out, or refused");
            }
        }
    }

    private static boolean has(ResourceInfo resource, String option) {
        return Arrays.stream(resource.getResourceMethod().getAnnotationsByType(Parameter.class))
                .anyMatch(parameter -> parameter.name().equals(option));
    }
}
