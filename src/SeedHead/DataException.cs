namespace SeedHead;

/// <summary>The data given cannot be used: says where (file, line, column), what came, what is allowed, what to do. The command ends with code 3.</summary>
public sealed class DataException : Exception
{
    /// <summary>An error with its one- or two-line message.</summary>
    /// <param name="message">Where, what came, what is allowed, what to do.</param>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its one- or two-line message and the fault below it.</summary>
    /// <param name="message">Where, what came, what is allowed, what to do.</param>
    /// <param name="inner">The fault below.</param>
    public DataException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>The work is forecast to need more memory or time than was allowed. The command ends with code 4.</summary>
/// <param name="message">The forecast, the allowance, what to do.</param>
public sealed class ForecastException(string message) : Exception(message);
