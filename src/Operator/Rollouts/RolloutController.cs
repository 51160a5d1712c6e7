using Microsoft.Extensions.Logging;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Rollouts;

/// <summary>Reads the world, decides, writes only the difference. Safe to run twice: what a look that died had begun, the next one finds and goes on with.</summary>
internal sealed partial class RolloutController(ClusterView view, ServiceAnswers service, RolloutWriter writer, TimeProvider clock, ILogger<RolloutController> log) : IEntityController<ImageRollout>
{
    /// <summary>A decision asks at most where the tag points, for the verdict, and for an inspection; each may be asked once.</summary>
    const int MostQuestions = 4;

    public async Task<ReconciliationResult<ImageRollout>> ReconcileAsync(ImageRollout entity, CancellationToken cancellationToken)
    {
        // Whole seconds, as the times of conditions are.
        var now = clock.GetUtcNow();
        var world = view.Of(entity, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)));
        for (var asked = 0; asked < MostQuestions; asked++)
        {
            var step = RolloutDecision.Next(entity, world);
            if (step.Question is not { } question)
                return await Take(entity, world, step, cancellationToken);
            world = await service.Ask(entity, world, question, cancellationToken);
        }
        throw new InvalidOperationException("a decision asks the same again and again");
    }

    // The smoke pod is the rollout's own, so the cluster takes it away; the target goes on as it is.
    public Task<ReconciliationResult<ImageRollout>> DeletedAsync(ImageRollout entity, CancellationToken cancellationToken) => Task.FromResult(ReconciliationResult<ImageRollout>.Success(entity));

    async Task<ReconciliationResult<ImageRollout>> Take(ImageRollout rollout, World world, Step step, CancellationToken ct)
    {
        Log.Decided(log, rollout.Metadata.NamespaceProperty, rollout.Metadata.Name, step.Status.Phase, step.Effect?.GetType().Name);
        var taken = await writer.Write(rollout, world, step, ct);
        return ReconciliationResult<ImageRollout>.Success(rollout, taken.LookAgainIn);
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Namespace}/{Name}: {Phase}, {Effect}")]
        public static partial void Decided(ILogger logger, string @namespace, string name, Phase phase, string? effect);
    }
}
