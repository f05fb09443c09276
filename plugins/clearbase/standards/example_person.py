"""The person on the example row of our own template: nobody, with the number that GB 11643 itself gives as an example.

Both who writes the template and who reads it back have to know her.
"""

from __future__ import annotations

from typing import Final

NAME: Final = "张三"
NUMBER: Final = "11010519491231002X"
SEX: Final = "女"  # as the seventeenth digit says
