namespace Plimsoll.Operator.Cluster;

/// <summary>What is done about the objects of one kind. The shape is KubeOps'.</summary>
internal interface IEntityController<T>
{
    /// <summary>Looks at the object and at the world, and does the next thing. Safe to run twice.</summary>
    Task<ReconciliationResult<T>> ReconcileAsync(T entity, CancellationToken cancellationToken);

    /// <summary>The object is gone.</summary>
    Task<ReconciliationResult<T>> DeletedAsync(T entity, CancellationToken cancellationToken);
}

/// <summary>How a look ended.</summary>
/// <param name="RequeueAfter">When to look again though nothing changed; null: when something does. After a failure: null is a pause that grows.</param>
internal sealed record ReconciliationResult<T>(T Entity, bool IsSuccess, string? ErrorMessage, Exception? Error, TimeSpan? RequeueAfter)
{
    public static ReconciliationResult<T> Success(T entity, TimeSpan? requeueAfter = null) => new(entity, true, null, null, requeueAfter);

    public static ReconciliationResult<T> Failure(T entity, string message, Exception? exception = null, TimeSpan? requeueAfter = null) => new(entity, false, message, exception, requeueAfter);
}
