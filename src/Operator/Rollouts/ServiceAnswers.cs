using Plimsoll.Client;

namespace Plimsoll.Operator.Rollouts;

/// <summary>What the service answers to what a decision asks. Whatever it does not answer is a trouble, never an exception.</summary>
/// <param name="publicUrl">Where people reach the service.</param>
internal sealed class ServiceAnswers(PlimsollClient service, PullSecrets secrets, RolloutMetrics metrics, Uri publicUrl)
{
    const int LongestText = 512;

    /// <summary>The world with one answer more.</summary>
    public async Task<World> Ask(ImageRollout rollout, World world, Question question, CancellationToken ct) => question switch
    {
        Question.Resolve resolve => world with { Resolution = await Answer(() => Resolve(rollout, resolve.Image, ct)) },
        Question.Judge judge => world with { Gate = await Answer(() => Judge(rollout, judge, ct)) },
        Question.Inspect inspect => world with { Inspection = await Answer(() => Inspect(rollout, inspect, ct)) },
        _ => throw new InvalidOperationException($"nobody answers {question}"),
    };

    async Task<Resolved> Resolve(ImageRollout rollout, string image, CancellationToken ct)
    {
        var resolution = await secrets.Login(rollout, image, ct) is { } login
            ? await service.Images.Resolve(new ResolutionRequestBody(image, login), ct)
            : await service.Images.Resolve(image, ct);
        return new Resolved(resolution.Digest, [.. resolution.Platforms.Select(one => one.Platform)]);
    }

    async Task<Judged> Judge(ImageRollout rollout, Question.Judge question, CancellationToken ct)
    {
        var image = ImageReference.Exactly(rollout.Spec.Image, question.Digest);
        var verdict = rollout.Spec.Policy is { } policy
            ? await service.Verdicts.Judge(new VerdictRequestBody(image, policy.ToJsonString(), question.Platforms), ct)
            : await service.Verdicts.Get(image, rollout.Spec.PolicyRef!.Name, question.Platforms, ct);
        var several = verdict.Platforms.Count > 1;
        var violations = verdict.Platforms.SelectMany(platform => platform.Rules.Where(rule => rule.Outcome is Engine.Gates.Outcome.Fail)
            .Select(rule => new Violation(Cut(rule.Rule), Cut(rule.Limit), Cut(rule.Actual), rule.Advice is null ? null : Cut(rule.Advice), several ? platform.Platform : null)));
        // What was measured is the image's, so it is asked for once; what is known of its vulnerabilities comes with each verdict.
        var measured = rollout.Status is { Image.Digest: var known, Gate.Summary: { } there } && known == question.Digest ? there : await Summary(verdict, ct);
        return new Judged(verdict.Outcome, verdict.Reason, verdict.Policy, verdict.Revision, [.. violations], measured is null ? null : WithVulnerabilities(measured, verdict), verdict.Platforms.Count == 0 ? null : Report(verdict.Platforms[0].Digest));
    }

    async Task<string> Inspect(ImageRollout rollout, Question.Inspect question, CancellationToken ct) =>
        (await service.Inspections.Submit(new InspectionRequestBody(question.Image, null, question.Platforms.Count == 0 ? null : question.Platforms, await secrets.Login(rollout, question.Image, ct)), ct)).Id.ToString();

    async Task<GateSummary?> Summary(VerdictBody verdict, CancellationToken ct)
    {
        var images = new List<ImageBody>();
        foreach (var platform in verdict.Platforms)
            images.Add(await service.Images.Get(platform.Digest, ct));
        return images.Count == 0 ? null : new GateSummary(Findings: images.Sum(image => image.Findings), Size: images.Max(image => image.Size));
    }

    static GateSummary WithVulnerabilities(GateSummary measured, VerdictBody verdict)
    {
        // Where one platform's are not known, the sum is not either.
        var counts = verdict.Platforms.Select(platform => platform.Vulnerabilities).ToList();
        int? Sum(Func<VulnerabilityCountsBody, int> of) => counts.Count == 0 || counts.Contains(null) ? null : counts.Sum(one => of(one!));
        return measured with { Critical = Sum(one => one.Critical), High = Sum(one => one.High), Medium = Sum(one => one.Medium), Low = Sum(one => one.Low), Fixable = Sum(one => one.Fixable) };
    }

    // What was measured may be a whole line of a Dockerfile; the report has all of it.
    static string Cut(string text) => text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…");

    string Report(string digest) => new Uri(publicUrl, $"v1/images/{Uri.EscapeDataString(digest)}/report?format=html").ToString();

    async Task<Answer<T>> Answer<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return new Answer<T>(await ask());
        }
        catch (PlimsollException e)
        {
            var trouble = TroubleOf(e);
            metrics.NotAnswered(trouble.Reason);
            return new Answer<T>(null, trouble);
        }
    }

    /// <summary>A refusal keeps the name that the service's pages have for it.</summary>
    static Trouble TroubleOf(PlimsollException e) => e switch
    {
        { Status: null } => new Trouble(e.IsPassing, "PlimsollUnavailable", e.Message),
        { Type: "bad-policy" or "bad-request" } => new Trouble(false, "InvalidSpec", e.Problems.Count > 0 ? string.Join("; ", e.Problems.Take(3).Select(problem => $"line {problem.Line}: {problem.Message}")) : e.Message),
        { Status: 401 or 403 } => new Trouble(true, "PlimsollRefusesToken", e.Message),
        { Type: { Length: > 0 } type } => new Trouble(e.IsPassing, ImageReference.Camel(type), e.Message),
        _ => new Trouble(e.IsPassing || e.Status >= 500, "PlimsollUnavailable", e.Message),
    };
}
