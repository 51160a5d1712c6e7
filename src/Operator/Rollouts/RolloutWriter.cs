using k8s;
using k8s.Autorest;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Rollouts;

/// <summary>Carries a decision into the cluster: at most one effect, the status where it is another one, and the news.</summary>
internal sealed class RolloutWriter(Applier applier, Effects effects, EventRecorder events, RolloutMetrics metrics)
{
    /// <returns>The step that was taken: the one that was decided, or what there is to say when the cluster refuses it.</returns>
    public async Task<Step> Write(ImageRollout rollout, World world, Step step, CancellationToken ct)
    {
        // It is announced before it is done: whoever comes after a crash knows whose change it was, and who decided from an outdated cache does nothing at all.
        var written = await WriteStatus(rollout, step.Status, ct);
        // The status has it by now, so nobody would tell it again after a conflict about the effect.
        await Tell(rollout, step, ct);
        if (step.Effect is { } effect && await Do(rollout, effect, ct) is { } refusal)
        {
            step = RolloutDecision.Refused(written, world, refusal);
            await WriteStatus(written, step.Status, ct);
            await Tell(rollout, step, ct);
        }
        return step;
    }

    async Task Tell(ImageRollout rollout, Step step, CancellationToken ct)
    {
        foreach (var notice in step.Notices)
            await events.Tell(rollout, notice.IsWarning, notice.Reason, "Reconcile", notice.Text, ct);
    }

    /// <summary>Null, or why the cluster will not have it: a quota, an admission policy, a right that is missing. People have to know of it, and it may pass.</summary>
    async Task<string?> Do(ImageRollout rollout, Effect effect, CancellationToken ct)
    {
        try
        {
            await effects.Do(rollout, effect, ct);
            return null;
        }
        catch (HttpOperationException e) when (e.IsLasting() && !e.IsConflict() && !e.IsNotFound())
        {
            return $"the cluster refuses: {e.Reason()}";
        }
    }

    async Task<ImageRollout> WriteStatus(ImageRollout rollout, RolloutStatus status, CancellationToken ct)
    {
        if (rollout.Status is { } known && KubernetesJson.Serialize(known) == KubernetesJson.Serialize(status))
            return rollout;
        var written = await applier.ReplaceStatus(ImageRollout.Type, new ImageRollout { Metadata = rollout.Metadata, Spec = rollout.Spec, Status = status }, ct);
        if (status.Gate is { } gate && (gate.Verdict, status.Image?.Digest) != (rollout.Status?.Gate?.Verdict, rollout.Status?.Image?.Digest))
            metrics.Decided(gate.Verdict);
        return written;
    }
}
