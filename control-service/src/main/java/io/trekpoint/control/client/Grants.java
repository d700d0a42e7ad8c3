package io.trekpoint.control.client;

import io.trekpoint.control.problem.ProblemException;
import io.trekpoint.control.problem.ProblemType;
import io.trekpoint.lanes.client.Role;
import io.trekpoint.lanes.client.Tier;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a client is given, checked.
 *
 * @param tier what it has subscribed to
 * @param roles what it may do at the control service
 */
record Grants(Tier tier, Set<Role> roles) {
    /**
     * Reads what a request asks for.
     *
     * @param at where the request asks for it, such as {@code clients[0].}; empty at its top
     * @param browser whether it is for a client whose key lies open
     * @throws ProblemException 422 naming the field that is wrong
     */
    static Grants of(String at, String tier, List<String> roles, boolean browser) {
        Tier known =
                Tier.ofLabel(tier)
                        .orElseThrow(() -> invalid(at + "tier", "must be free, pro or partner"));
        Set<Role> all = EnumSet.noneOf(Role.class);
        for (String role : roles) {
            all.add(
                    Role.ofLabel(role)
                            .orElseThrow(() ->
                                    invalid(
                                            at + "roles",
                                            "must be of reader, viewer, operator, admin")));
        }
        if (browser && !all.equals(Set.of(Role.READER))) {
            throw invalid(at + "roles", "must be reader alone: a browser's key lies open");
        }
        return new Grants(known, all);
    }

    private static ProblemException invalid(String field, String rule) {
        return ProblemException.invalid(ProblemType.INVALID_VALUE, field, rule);
    }
}
