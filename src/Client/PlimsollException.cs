namespace Plimsoll.Client;

/// <summary>The service refused a request, or gave no answer.</summary>
/// <param name="status">Of the answer; null when none came, and <see cref="Exception.InnerException"/> says why.</param>
/// <param name="type">The stable name of the problem (RFC 9457, <c>type</c>), such as <c>policy-not-found</c>; null where the answer was no problem document.</param>
/// <param name="title">What kind of problem it is, for people.</param>
/// <param name="detail">What it is this time.</param>
/// <param name="retryAfter">How long the service asks to wait.</param>
/// <param name="problems">Each problem of a policy that cannot be read.</param>
public sealed class PlimsollException(
    int? status, string? type, string title, string? detail = null, TimeSpan? retryAfter = null, IReadOnlyList<PolicyProblemBody>? problems = null, Exception? cause = null)
    : Exception(detail is null ? title : $"{title}: {detail}", cause)
{
    public int? Status => status;

    public string? Type => type;

    public string Title => title;

    public string? Detail => detail;

    public TimeSpan? RetryAfter => retryAfter;

    public IReadOnlyList<PolicyProblemBody> Problems { get; } = problems ?? [];

    /// <summary>Whether the same request may succeed later.</summary>
    public bool IsPassing => status switch
    {
        408 or 429 or 502 or 503 or 504 => true,
        // A certificate that is not trusted is not trusted a second later.
        null => InnerException is not HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError },
        _ => false,
    };

    internal static PlimsollException NoAnswer(Exception cause) => new(null, null, "no answer", cause.Message, cause: cause);
}

/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record PolicyProblemBody(int Line, int Column, string Message);
