package dev.forestall.pack.problem;

import dev.forestall.loop.event.ErrorCode;

/** What can be wrong with a pack. */
public enum PackError implements ErrorCode {
    UNREADABLE("PCK-001", "the pack cannot be read"),
    NOT_YAML("PCK-002", "a file of the pack is not YAML"),
    TOO_LARGE("PCK-003", "the pack is larger than the limits"),
    UNKNOWN_KEY("PCK-010", "a key that the grammar does not have"),
    MISSING_KEY("PCK-011", "a required key is missing"),
    DUPLICATE("PCK-012", "something is declared twice"),
    WRONG_VALUE("PCK-013", "a value is not of the expected kind"),
    OUT_OF_RANGE("PCK-014", "a value is outside its limits"),
    NOT_EXACTLY_ONE("PCK-015", "exactly one of several keys is needed"),
    UNKNOWN_NAME("PCK-020", "a name that nothing declares"),
    NAME_TAKEN("PCK-021", "a name that means something else already"),
    BAD_EXPRESSION("PCK-030", "an expression cannot be read"),
    WRONG_TYPE("PCK-031", "an expression does not fit its types"),
    NOT_SUPPORTED("PCK-032", "an expression uses what packs cannot use"),
    NOT_AVAILABLE("PCK-033", "an expression asks for what is not known at its place"),
    MIXED_CURRENCIES("PCK-034", "amounts of different currencies meet"),
    NEVER_MATCHES("PCK-040", "no event can ever match"),
    UNREACHABLE_STEP("PCK-041", "no event can ever bring a customer into a step"),
    NEVER_FIRES("PCK-042", "a signal can never fire"),
    KEY_NOT_CARRIED("PCK-043", "an event does not carry the key of its journey"),
    WRONG_SUBJECT("PCK-044", "something is asked of subjects that do not have it"),
    PERSONAL_GROUP("PCK-045", "groups are formed by personal data"),
    LEAK("PCK-046", "a prediction would know the future"),
    NEVER_HAPPENS("PCK-047", "what is to be predicted cannot happen"),
    NO_BASELINE("PCK-050", "a learned value has no baseline"),
    BAD_BASELINES("PCK-051", "the baselines cannot be read"),
    OLD_BASELINES("PCK-052", "the baselines were learned with another pack"),
    THIN_BASELINE("PCK-053", "a baseline rests on few observations"),
    BAD_MODEL("PCK-054", "a model cannot be used"),
    OLD_MODEL("PCK-055", "a model was learned with another pack"),
    UNUSED("PCK-060", "something is declared and never used"),
    MISSING_FILE("PCK-061", "a file that the pack names is missing");

    private final String code;
    private final String title;

    PackError(String code, String title) {
        this.code = code;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public String title() {
        return title;
    }
}
