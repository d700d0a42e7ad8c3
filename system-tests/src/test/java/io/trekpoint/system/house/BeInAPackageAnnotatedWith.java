package io.trekpoint.system.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.annotation.Annotation;

/** The package of a class carries an annotation in its {@code package-info}. */
final class BeInAPackageAnnotatedWith extends ArchCondition<JavaClass> {

    private final Class<? extends Annotation> annotation;

    BeInAPackageAnnotatedWith(Class<? extends Annotation> annotation) {
        super("be in a package annotated with @%s", annotation.getSimpleName());
        this.annotation = annotation;
    }

    @Override
    public void check(JavaClass it, ConditionEvents events) {
        boolean satisfied = it.getPackage().isAnnotatedWith(annotation);
        events.add(
                new SimpleConditionEvent(
                        it,
                        satisfied,
                        "%s of %s".formatted(it.getPackageName(), it.getFullName())));
    }
}
