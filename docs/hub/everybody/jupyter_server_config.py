"""Every Jupyter server on the hub, the grader's too."""

c = get_config()  # noqa: F821
# Kernels listen in the home of their owner, on no port that all of the machine can reach.
c.KernelManager.transport = "ipc"
# A login shell, which is usual here, would forget where `course` and `nbgrader` are.
c.ServerApp.terminado_settings = {"shell_command": ["bash"]}
