package io.trekpoint.lanes.flag.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code var} of a name that is written out.
 *
 * @param path the parts of the name between its dots; empty for everything
 * @param otherwise what it is where there is no such attribute
 */
record Variable(List<String> path, Rule otherwise) implements Rule {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
        evaluation.step();
        Object found = find(path, evaluation);
        return found == Values.ABSENT ? otherwise.evaluate(evaluation) : found;
    }

    /** Looks a name up; {@link Values#ABSENT} where there is none. */
    static @Nullable Object find(List<String> path, Evaluation evaluation) {
        if (path.isEmpty()) {
            return evaluation.data();
        }
        Object found = evaluation.variable(path.getFirst());
        for (int i = 1; i < path.size() && found != Values.ABSENT; i++) {
            found = Values.property(found, path.get(i));
        }
        return found;
    }

    /** The parts of a name between its dots. */
    static List<String> path(String name) {
        return name.isEmpty() ? List.of() : List.of(name.split("\\.", -1));
    }
}
