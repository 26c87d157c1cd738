namespace DeepLearning;

// The same on devices that compute all heads' attention in one kernel, from the sources as they lie: neither copies of heads nor
// weights are kept.
public partial class Tensor
{
    private static Tensor AttendHeadsAtOnce(HeadAttention plan, Tensor[] sources)
    {
        Device device = sources[0].Device;
        Tensor y = Empty(new Shape(plan.Samples * plan.Queries, plan.Features), device);
        Tensor logSum = Empty(new Shape(plan.Samples, plan.Heads, plan.Queries), device);
        device.Attention(HeadArgs(plan, sources, y, logSum));
        return Record("attention", y, new HeadsAtOnceState(plan, logSum), static (op, g) =>
        {
            (HeadAttention plan, Tensor logSum) = op.State;
            if (IsRecording) SendHeadGradients(op, g, plan);
            else SendHeadGradientsAtOnce(op, g, plan, logSum);
        }, sources);
    }

    private static void SendHeadGradientsAtOnce(Operation op, Tensor g, HeadAttention plan, Tensor logSum)
    {
        Tensor?[] gradients = [.. Enumerable.Range(0, op.Inputs.Count).Select(i => op.Needs(i) ? Empty(op[i].Shape, g.Device) : null)];
        g.Device.AttentionGradient(new HeadAttentionGradientArgs(HeadArgs(plan, [.. op.Inputs], op.Output, logSum))
        {
            DY = g.Storage, DQ = Rows(plan.Query), DK = Rows(plan.Key), DV = Rows(plan.Value),
        });
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient) op.Send(i, gradient);
        }

        HeadRows? Rows(HeadColumns columns) => gradients[columns.Source] is { } to ? HeadRows(columns, to) : null;
    }

    private static HeadAttentionArgs HeadArgs(HeadAttention plan, Tensor[] sources, Tensor y, Tensor logSum)
    {
        AttentionWeightsArgs mask = AttentionWeightsArgs(y.Storage, y.Storage, plan.WeightShape, plan.Scale, plan.Mask, plan.Causal);
        return new(plan.Samples, plan.Heads, plan.Queries, plan.Keys, plan.Width, plan.Scale)
        {
            Q = HeadRows(plan.Query, sources[plan.Query.Source]), K = HeadRows(plan.Key, sources[plan.Key.Source]),
            V = HeadRows(plan.Value, sources[plan.Value.Source]), Y = y.Storage, LogSum = logSum.Storage, Mask = mask.Mask,
            MaskSample = mask.MaskSample, MaskHead = mask.MaskHead, MaskRow = mask.MaskRow, Causal = plan.Causal, Drop = plan.Drop?.Storage,
        };
    }

    private static HeadRows HeadRows(HeadColumns columns, Tensor source) => new(source.Storage, columns.Offset, source.Shape[1]);
}

/// <summary>All heads' attention, in one kernel.</summary>
/// <param name="Plan">What is where.</param>
/// <param name="LogSum">[samples, heads, queries]: the logarithm of each softmax' denominator.</param>
internal sealed record HeadsAtOnceState(HeadAttention Plan, Tensor LogSum) : IOperationState;
