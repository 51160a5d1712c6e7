namespace Plimsoll.Operator.Definitions;

/// <summary>A rule that the API server holds an object to (CEL, <c>x-kubernetes-validations</c>), and what it says when the rule is broken.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Parameter, AllowMultiple = true)]
internal sealed class RuleAttribute(string rule, string message) : Attribute
{
    public string Rule => rule;

    public string Message => message;
}

/// <summary>Where nothing is given, the server puts in an object of defaults, so that people see what holds.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class FilledAttribute : Attribute;
